package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of a request, or of an answer to one.
public sealed interface RequestOutcome {
  /// It is done; this is how the request stands now.
  record Done(ShiftRequest request) implements RequestOutcome {}

  /// What was asked for is not possible, and nothing was written; each problem names the field and
  /// what is allowed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements RequestOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// The request is not open any more; this is how it stands.
  record Closed(ShiftRequest request) implements RequestOutcome {}

  /// There is no such request or rotation, or not any more.
  record NotFound() implements RequestOutcome {}
}
