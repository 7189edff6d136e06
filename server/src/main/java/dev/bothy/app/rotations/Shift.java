package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is, was or is going to be on duty.
///
/// @param id null for a shift to come, which is only foreseen
/// @param person null when nobody is available
/// @param end of a shift that is over when it really ended, of others when it is going to
/// @param turn the hand-off that began the turn it is of: pieces of one turn share it
/// @param instead in whose place; null when in nobody's
/// @param missed whether it was over before anybody could be told, because the service was down
public record Shift(
    @Nullable UUID id,
    String role,
    @Nullable Participant person,
    Instant start,
    Instant end,
    Instant turn,
    Why why,
    @Nullable Participant instead,
    boolean missed) {
  /// One to come.
  static Shift foreseen(Assignment assignment) {
    return new Shift(
        null,
        assignment.role(),
        assignment.person(),
        assignment.start(),
        assignment.end(),
        assignment.turn(),
        assignment.why(),
        assignment.instead(),
        false);
  }
}
