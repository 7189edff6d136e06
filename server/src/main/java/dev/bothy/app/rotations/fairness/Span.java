package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A stretch of time.
///
/// @param start included
/// @param end excluded, after the start
public record Span(Instant start, Instant end) {
  public Span {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("A stretch of time ends after it starts");
    }
  }

  static Span of(Assignment assignment) {
    return new Span(assignment.start(), assignment.end());
  }

  Duration length() {
    return Duration.between(start, end);
  }

  boolean holds(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /// What both have; empty if they only touch.
  Optional<Span> within(Span other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant until = end.isBefore(other.end) ? end : other.end;
    return from.isBefore(until) ? Optional.of(new Span(from, until)) : Optional.empty();
  }
}
