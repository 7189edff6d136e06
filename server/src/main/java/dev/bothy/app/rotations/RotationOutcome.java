package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of a request to change a rotation. Only [Done] has written anything.
public sealed interface RotationOutcome {
  /// It is done; this is how the rotation stands now.
  record Done(Rotation rotation) implements RotationOutcome {}

  /// What was asked for is not possible; each problem names the field and what is allowed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements RotationOutcome {}

  /// There is no such rotation, or not any more.
  record NotFound() implements RotationOutcome {}
}
