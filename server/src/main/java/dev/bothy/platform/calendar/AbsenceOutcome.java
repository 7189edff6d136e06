package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of entering, changing or removing an absence. Only [Done] has written anything.
public sealed interface AbsenceOutcome {
  /// It is done.
  ///
  /// @param absence as it is now; of a removed one as it was
  record Done(Absence absence) implements AbsenceOutcome {}

  /// What was asked for is not possible; each problem names the field and what is allowed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements AbsenceOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// There is no such absence, or not any more.
  record NotFound() implements AbsenceOutcome {}
}
