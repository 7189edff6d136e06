package dev.bothy.app.rotations.plan;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who has a role from when to when, and why.
///
/// @param person null when nobody has it although somebody should
/// @param start included
/// @param end excluded, after the start
/// @param turn the hand-off that began the turn it belongs to: pieces of one turn share it
/// @param instead in whose place; null when in nobody's
/// @param change which change of the plan it comes from; null when from none
public record Assignment(
    String role,
    @Nullable Participant person,
    Instant start,
    Instant end,
    Instant turn,
    Why why,
    @Nullable Participant instead,
    @Nullable UUID change) {
  public Assignment {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("An assignment ends after it starts");
    }
  }
}
