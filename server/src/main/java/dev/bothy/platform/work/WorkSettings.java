package dev.bothy.platform.work;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How work is done.
///
/// @param workers how many batches of the inbox, and of the schedule, this process works on at
///   once, 1 to 64
/// @param senders how many messages this process sends at once, 1 to 256; sending is mostly waiting
/// @param lease for how long a claim holds without being renewed, 1 s to 10 min. A lane whose
///   worker died is taken over after it
/// @param poll how often a worker looks for what other processes put in, 10 ms to 1 min
/// @param firstRetry how long after its first failure an item is tried again; doubles each time
/// @param longestRetry how long between two tries at most
/// @param attempts after how many failures an item of the inbox or the outbox is dead-lettered
/// @param keepTrying for how long, beyond those attempts, an item is tried again that only waits
///   for a network to be reached, 0 s to 7 d
/// @param clockTolerance by how much this process's clock may differ from the database's; a process
///   whose clock is further off leaves the schedule to others
/// @param batch how many deliveries share a commit at most, 1 to 1000
/// @param waiting how many deliveries may wait to be stored before more are turned away
@Validated
@ConfigurationProperties("bothy.work")
record WorkSettings(
    @DefaultValue("8")
        @Min(value = 1, message = "bothy.work.workers must be 1 to 64")
        @Max(value = 64, message = "bothy.work.workers must be 1 to 64")
        int workers,
    @DefaultValue("32")
        @Min(value = 1, message = "bothy.work.senders must be 1 to 256")
        @Max(value = 256, message = "bothy.work.senders must be 1 to 256")
        int senders,
    @DefaultValue("10s")
        @DurationMin(seconds = 1, message = "bothy.work.lease must be 1s to 10m")
        @DurationMax(minutes = 10, message = "bothy.work.lease must be 1s to 10m")
        Duration lease,
    @DefaultValue("500ms")
        @DurationMin(millis = 10, message = "bothy.work.poll must be 10ms to 1m")
        @DurationMax(minutes = 1, message = "bothy.work.poll must be 10ms to 1m")
        Duration poll,
    @DefaultValue("1s")
        @DurationMin(millis = 1, message = "bothy.work.first-retry must be 1ms to 1h")
        @DurationMax(hours = 1, message = "bothy.work.first-retry must be 1ms to 1h")
        Duration firstRetry,
    @DefaultValue("5m")
        @DurationMin(millis = 1, message = "bothy.work.longest-retry must be 1ms to 1d")
        @DurationMax(days = 1, message = "bothy.work.longest-retry must be 1ms to 1d")
        Duration longestRetry,
    @DefaultValue("12")
        @Min(value = 1, message = "bothy.work.attempts must be 1 to 100")
        @Max(value = 100, message = "bothy.work.attempts must be 1 to 100")
        int attempts,
    @DefaultValue("24h")
        @DurationMin(seconds = 0, message = "bothy.work.keep-trying must be 0s to 7d")
        @DurationMax(days = 7, message = "bothy.work.keep-trying must be 0s to 7d")
        Duration keepTrying,
    @DefaultValue("30s")
        @DurationMin(millis = 100, message = "bothy.work.clock-tolerance must be 100ms to 36500d")
        @DurationMax(days = 36500, message = "bothy.work.clock-tolerance must be 100ms to 36500d")
        Duration clockTolerance,
    @DefaultValue("200")
        @Min(value = 1, message = "bothy.work.batch must be 1 to 1000")
        @Max(value = 1000, message = "bothy.work.batch must be 1 to 1000")
        int batch,
    @DefaultValue("5000")
        @Min(value = 1, message = "bothy.work.waiting must be 1 to 100000")
        @Max(value = 100000, message = "bothy.work.waiting must be 1 to 100000")
        int waiting) {

  /// Whether an item that failed is dead-lettered instead of being tried again.
  ///
  /// @param failures how many there were, 1 or more
  /// @param age how long the item has been here
  /// @param outOfReach whether it failed only because a network was not reached
  boolean givesUp(int failures, Duration age, boolean outOfReach) {
    return failures >= attempts && (!outOfReach || age.compareTo(keepTrying) >= 0);
  }

  /// How long to wait before the next try: doubled for each failure, at most [#longestRetry], and
  /// between half and all of that by chance, so that many that failed together do not come together
  /// again.
  ///
  /// @param failures how many there were so far, 1 or more
  /// @param chance 0 to 1
  Duration backoff(int failures, double chance) {
    long doubled = firstRetry.toMillis() << Math.min(failures - 1, 30);
    long bounded = Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, longestRetry.toMillis());
    return Duration.ofMillis(Math.max(1, (long) (bounded * (0.5 + chance / 2))));
  }
}
