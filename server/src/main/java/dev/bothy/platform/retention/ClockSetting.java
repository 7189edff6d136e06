package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a workspace keeps what a clock removes.
///
/// @param days as it counts, within the bounds
/// @param standardDays where the workspace says nothing, within the bounds
/// @param shortestDays the least that may be chosen
/// @param longestDays the most
/// @param changedAt when somebody chose; null while it is the standard
public record ClockSetting(
    RetentionClock clock,
    int days,
    int standardDays,
    int shortestDays,
    int longestDays,
    @Nullable Instant changedAt) {
  /// The same with other days, as somebody thinks of choosing them now.
  ClockSetting with(int other) {
    return new ClockSetting(clock, other, standardDays, shortestDays, longestDays, changedAt);
  }

  /// How long that is.
  public Duration kept() {
    return Duration.ofDays(days);
  }
}
