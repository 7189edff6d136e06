package dev.bothy.platform.calendar.hibob;

import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where HiBob is and how often it is asked.
///
/// @param address of its API, ending in a slash
/// @param every how often its changes are read; all is compared once a day
/// @param patience for connecting and for each wait for an answer
@Validated
@ConfigurationProperties("bothy.hibob")
record HiBobSettings(
    @DefaultValue("https://api.hibob.com/v1/") URI address,
    @DefaultValue("15m")
        @DurationMin(minutes = 5, message = "bothy.hibob.every must be 5m to 1d")
        @DurationMax(days = 1, message = "bothy.hibob.every must be 5m to 1d")
        Duration every,
    @DefaultValue("20s")
        @DurationMin(seconds = 1, message = "bothy.hibob.patience must be 1s to 1m")
        @DurationMax(minutes = 1, message = "bothy.hibob.patience must be 1s to 1m")
        Duration patience) {
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  @AssertTrue(
      message =
          "bothy.hibob.address must be an http or https address that ends in a slash, e.g."
              + " https://api.hibob.com/v1/")
  boolean isAddressUsable() {
    return address.getHost() != null
        && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
        && address.toString().endsWith("/");
  }

  /// When to ask again.
  ///
  /// @param failures in a row; 0 after a success
  /// @param asked for how long HiBob asks to be left alone; zero if it does not
  Duration pause(int failures, Duration asked) {
    Duration grown = every.multipliedBy(1L << Math.min(failures, 6));
    Duration longest = every.compareTo(LONGEST) > 0 ? every : LONGEST;
    Duration bounded = grown.compareTo(longest) > 0 ? longest : grown;
    Duration polite = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return bounded.compareTo(polite) > 0 ? bounded : polite;
  }
}
