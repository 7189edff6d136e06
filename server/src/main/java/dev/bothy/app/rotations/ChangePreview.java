package dev.bothy.app.rotations;

import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.platform.kernel.Problem;
import java.time.ZoneId;
import java.util.List;

/// What a change of the plan would come to if it were made now. Nothing was written, whatever it
/// is.
public sealed interface ChangePreview {
  /// What would be different.
  ///
  /// @param zone the first layer's
  /// @param span when the change holds: what lies before now is left out
  /// @param paused whether the rotation is paused; the difference is from how it would be if it
  ///   were resumed now
  record Foreseen(ZoneId zone, Span span, boolean paused, PlanDifference difference)
      implements ChangePreview {}

  /// What is wrong with the change.
  record Refused(List<Problem> problems) implements ChangePreview {}

  /// There is no such rotation.
  record NotFound() implements ChangePreview {}
}
