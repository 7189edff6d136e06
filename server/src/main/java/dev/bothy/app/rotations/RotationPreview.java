package dev.bothy.app.rotations;

import dev.bothy.app.rotations.fairness.PlanDifference;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What settings would come to if they were saved now. Nothing was written, whatever it is.
public sealed interface RotationPreview {
  /// The plan.
  ///
  /// @param zone the first layer's
  /// @param shifts those that begin before `until`, in order, from now on
  /// @param difference from what is planned at present, until `until`; null for a rotation that is
  ///   new or paused, which has nothing planned
  record Foreseen(
      ZoneId zone,
      Instant now,
      Instant until,
      List<Shift> shifts,
      @Nullable PlanDifference difference)
      implements RotationPreview {}

  /// What is wrong with the settings.
  record Refused(List<Problem> problems) implements RotationPreview {}

  /// There is no such rotation.
  record NotFound() implements RotationPreview {}
}
