package dev.bothy.app.rotations.plan;

import java.time.Instant;
import java.util.Optional;
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

  /// The same during a part of it.
  Assignment during(Span part) {
    return new Assignment(role, person, part.start(), part.end(), turn, why, instead, change);
  }

  /// What of it is at or after an instant; empty when it is over by then.
  public Optional<Assignment> from(Instant at) {
    return Span.between(start.isBefore(at) ? at : start, end).map(this::during);
  }

  /// The same time of another person, or of nobody.
  Assignment by(
      @Nullable Participant another, Why because, @Nullable Participant of, @Nullable UUID cause) {
    return new Assignment(role, another, start, end, turn, because, of, cause);
  }

  /// When it is.
  public Span span() {
    return new Span(start, end);
  }
}
