package dev.bothy.platform.calendar.feeds;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How calendars elsewhere are read.
///
/// @param every how often each is read; one that fails is read less and less often
/// @param patience for a whole answer
@Validated
@ConfigurationProperties("bothy.absence-feeds")
record FeedSettings(
    @DefaultValue("30m")
        @DurationMin(minutes = 5, message = "bothy.absence-feeds.every must be 5m to 1d")
        @DurationMax(days = 1, message = "bothy.absence-feeds.every must be 5m to 1d")
        Duration every,
    @DefaultValue("20s")
        @DurationMin(seconds = 1, message = "bothy.absence-feeds.patience must be 1s to 1m")
        @DurationMax(minutes = 1, message = "bothy.absence-feeds.patience must be 1s to 1m")
        Duration patience) {
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  /// When to ask again.
  ///
  /// @param failures in a row; 0 after a success
  /// @param asked for how long the other side asked to be left alone; zero if it did not
  /// @param chance 0 to 1: not all ask at once
  Duration pause(int failures, Duration asked, double chance) {
    Duration grown = every.multipliedBy(1L << Math.min(failures, 6));
    Duration longest = every.compareTo(LONGEST) > 0 ? every : LONGEST;
    Duration bounded = grown.compareTo(longest) > 0 ? longest : grown;
    Duration jittered = Duration.ofMillis((long) (bounded.toMillis() * (0.9 + 0.2 * chance)));
    Duration polite = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return jittered.compareTo(polite) > 0 ? jittered : polite;
  }
}
