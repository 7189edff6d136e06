package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of a change of the plan. Only [Done] has written anything.
public sealed interface ChangeOutcome {
  /// It is done; this is how the rotation stands now.
  record Done(PlanChange change, Rotation rotation) implements ChangeOutcome {}

  /// What was asked for is not possible; each problem names the field and what is allowed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements ChangeOutcome {}

  /// There is no such rotation or change, or not any more.
  record NotFound() implements ChangeOutcome {}
}
