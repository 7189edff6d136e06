package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.Problem;

/// What came of setting a clock.
public sealed interface ClockChange {
  /// It is so from now on.
  record Changed(ClockSetting setting) implements ClockChange {}

  /// It was so already; nothing was written.
  record Unchanged(ClockSetting setting) implements ClockChange {}

  /// It is not allowed; nothing was written.
  record Refused(Problem problem) implements ClockChange {}
}
