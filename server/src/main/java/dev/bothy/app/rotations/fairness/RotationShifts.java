package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Span;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The shifts of one rotation. Those that are looked at together have accounts of one connection:
/// two networks may give the same account to different people.
public record RotationShifts(UUID rotation, List<Assignment> assignments) {
  public RotationShifts {
    assignments = List.copyOf(assignments);
  }

  /// The pieces that reach into the range.
  Stream<Assignment> within(Span range) {
    return assignments.stream().filter(each -> Spans.common(each.span(), range).isPresent());
  }
}
