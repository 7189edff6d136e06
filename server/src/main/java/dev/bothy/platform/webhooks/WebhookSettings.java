package dev.bothy.platform.webhooks;

import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How webhooks are sent.
///
/// @param hosts where they may go: `host`, or `.suffix` for a name and all below it; empty is any
///   public host, and those that are listed as on-premises
/// @param patience for a whole call, from its begin to the end of the answer
/// @param firstRetry how long after a first failure an endpoint is tried again; longer each time
/// @param longestRetry how long between two tries at most
/// @param keepTrying for how long a delivery is tried
/// @param offAfter an endpoint that took nothing for this long is switched off
@Validated
@ConfigurationProperties("bothy.webhooks")
record WebhookSettings(
    @DefaultValue List<String> hosts,
    @DefaultValue("15s")
        @DurationMin(seconds = 1, message = "bothy.webhooks.patience must be 1s to 1m")
        @DurationMax(minutes = 1, message = "bothy.webhooks.patience must be 1s to 1m")
        Duration patience,
    @DefaultValue("5s")
        @DurationMin(millis = 1, message = "bothy.webhooks.first-retry must be 1ms to 1h")
        @DurationMax(hours = 1, message = "bothy.webhooks.first-retry must be 1ms to 1h")
        Duration firstRetry,
    @DefaultValue("30m")
        @DurationMin(millis = 1, message = "bothy.webhooks.longest-retry must be 1ms to 1d")
        @DurationMax(days = 1, message = "bothy.webhooks.longest-retry must be 1ms to 1d")
        Duration longestRetry,
    @DefaultValue("24h")
        @DurationMin(minutes = 1, message = "bothy.webhooks.keep-trying must be 1m to 7d")
        @DurationMax(days = 7, message = "bothy.webhooks.keep-trying must be 1m to 7d")
        Duration keepTrying,
    @DefaultValue("3d")
        @DurationMin(hours = 1, message = "bothy.webhooks.off-after must be 1h to 30d")
        @DurationMax(days = 30, message = "bothy.webhooks.off-after must be 1h to 30d")
        Duration offAfter) {
  /// Each failure in a row makes the wait this many times as long: 5 s, 20 s, 80 s, 5 min, 21 min.
  private static final int FACTOR = 4;

  WebhookSettings {
    hosts = List.copyOf(hosts);
  }

  /// Whether webhooks may go to this host.
  ///
  /// @param host lower case
  boolean allows(String host) {
    return hosts.isEmpty()
        || hosts.stream()
            .anyMatch(allowed ->
                allowed.startsWith(".")
                    ? host.endsWith(allowed) || host.equals(allowed.substring(1))
                    : host.equals(allowed));
  }

  /// How long to wait after so many failures in a row, between half and all of it by chance.
  ///
  /// @param failures 1 or more
  /// @param chance 0 to 1
  Duration backoff(int failures, double chance) {
    double grown = firstRetry.toMillis() * Math.pow(FACTOR, Math.min(failures - 1, 20));
    double bounded = Math.min(grown, longestRetry.toMillis());
    return Duration.ofMillis(Math.max(1, (long) (bounded * (0.5 + chance / 2))));
  }
}
