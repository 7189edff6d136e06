package dev.bothy.operator.installation;

import dev.bothy.operator.api.BothyStatus.Phase;
import java.time.Duration;

/// Where a reconciliation ended, and when to look again.
///
/// @param reason one word for machines, as Kubernetes' conditions have it
/// @param message a sentence for people
record Step(Phase phase, String reason, String message, Duration again) {
  /// What changes tells us; this only makes up for what nobody tells, such as a Secret's new
  /// content.
  private static final Duration CALM = Duration.ofMinutes(1);

  private static final Duration SOON = Duration.ofSeconds(5);

  static Step ready(String message) {
    return new Step(Phase.Ready, "AsSpecified", message, CALM);
  }

  static Step waiting(Phase phase, String reason, String message) {
    return new Step(phase, reason, message, SOON);
  }

  static Step blocked(String reason, String message, Duration again) {
    return new Step(Phase.Blocked, reason, message, again);
  }
}
