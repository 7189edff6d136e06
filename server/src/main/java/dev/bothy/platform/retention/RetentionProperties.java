package dev.bothy.platform.retention;

import dev.bothy.platform.privacy.RetentionClock;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Within which bounds a workspace chooses how long it keeps what, and when the sweep comes.
///
/// @param hour the hour, in UTC, from which on workspaces are swept, spread over four hours, 0 to
///   23
/// @param messageText bounds of [RetentionClock#MESSAGE_TEXT]; null leaves them as they are
/// @param eventLog bounds of [RetentionClock#EVENT_LOG]
/// @param deliveries bounds of [RetentionClock#DELIVERIES]
/// @param sessions bounds of [RetentionClock#SESSIONS]
/// @param exports bounds of [RetentionClock#EXPORTS]
/// @param audit bounds of [RetentionClock#AUDIT]
/// @param bin bounds of [RetentionClock#BIN]
@Validated
@ConfigurationProperties("bothy.retention")
record RetentionProperties(
    @DefaultValue("1")
        @Min(value = 0, message = "bothy.retention.hour must be 0 to 23")
        @Max(value = 23, message = "bothy.retention.hour must be 0 to 23")
        int hour,
    @Nullable Narrowed messageText,
    @Nullable Narrowed eventLog,
    @Nullable Narrowed deliveries,
    @Nullable Narrowed sessions,
    @Nullable Narrowed exports,
    @Nullable Narrowed audit,
    @Nullable Narrowed bin) {
  /// Bounds of a clock that are narrower than its own.
  ///
  /// @param shortestDays null leaves it as it is
  /// @param longestDays null leaves it as it is
  record Narrowed(@Nullable Integer shortestDays, @Nullable Integer longestDays) {}

  @Nullable Narrowed of(RetentionClock clock) {
    return switch (clock) {
      case MESSAGE_TEXT -> messageText;
      case EVENT_LOG -> eventLog;
      case DELIVERIES -> deliveries;
      case SESSIONS -> sessions;
      case EXPORTS -> exports;
      case AUDIT -> audit;
      case BIN -> bin;
    };
  }
}
