package dev.bothy.app.rotations.exchange;

import java.util.List;

/// What came of reading a file.
public sealed interface ImportOutcome {
  /// It was read, as far as `notCarried` does not say otherwise.
  ///
  /// @param schedules at least one
  record Read(ImportSource source, List<ImportedSchedule> schedules, List<NotCarried> notCarried)
      implements ImportOutcome {
    public Read {
      schedules = List.copyOf(schedules);
      notCarried = List.copyOf(notCarried);
    }
  }

  /// Nothing of it can be used.
  ///
  /// @param message a sentence that says what is wrong and where; quotes nobody's name or address
  record Refused(String message) implements ImportOutcome {}
}
