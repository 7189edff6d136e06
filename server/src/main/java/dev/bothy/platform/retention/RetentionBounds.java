package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// How long a workspace may keep what: each clock's own bounds, or the narrower ones that the
/// installation's settings name.
@Component
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionBounds {
  private final Map<RetentionClock, Bounds> bounds = new EnumMap<>(RetentionClock.class);

  /// @throws StartRefused when a setting is none that the clock allows
  RetentionBounds(RetentionProperties properties) {
    for (RetentionClock clock : RetentionClock.values()) {
      bounds.put(clock, narrowed(clock, properties.of(clock)));
    }
  }

  /// @param shortest whole days
  /// @param longest whole days, not less
  record Bounds(int shortest, int longest) {
    int clamp(int days) {
      return Math.clamp(days, shortest, longest);
    }

    boolean allow(int days) {
      return days >= shortest && days <= longest;
    }
  }

  Bounds of(RetentionClock clock) {
    return Objects.requireNonNull(bounds.get(clock));
  }

  private static Bounds narrowed(
      RetentionClock clock, RetentionProperties.@Nullable Narrowed wanted) {
    int shortest = days(clock.shortest());
    int longest = days(clock.longest());
    if (wanted == null) {
      return new Bounds(shortest, longest);
    }
    Integer narrowedShortest = wanted.shortestDays();
    Integer narrowedLongest = wanted.longestDays();
    Bounds narrowed =
        new Bounds(
            narrowedShortest == null ? shortest : narrowedShortest,
            narrowedLongest == null ? longest : narrowedLongest);
    if (narrowed.shortest() < shortest
        || narrowed.longest() > longest
        || narrowed.shortest() > narrowed.longest()) {
      String name = "bothy.retention." + clock.id();
      throw new StartRefused(
          "%s.shortest-days and %s.longest-days are %d and %d, but %s is kept for %d to %d days."
              .formatted(
                  name,
                  name,
                  narrowed.shortest(),
                  narrowed.longest(),
                  clock.words(),
                  shortest,
                  longest),
          "Set both within %d and %d, the shortest not above the longest, or leave them out."
              .formatted(shortest, longest));
    }
    return narrowed;
  }

  private static int days(Duration duration) {
    return Math.toIntExact(duration.toDays());
  }
}
