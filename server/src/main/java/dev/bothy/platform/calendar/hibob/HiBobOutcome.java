package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of something that was asked of the connection to HiBob.
public sealed interface HiBobOutcome {
  /// It is done; so it is now.
  record Done(HiBobConnection connection) implements HiBobOutcome {}

  /// Nothing was changed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements HiBobOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// HiBob is not connected.
  record NotConnected() implements HiBobOutcome {}
}
