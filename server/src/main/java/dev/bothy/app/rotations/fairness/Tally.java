package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Adds up what one person served.
final class Tally {
  /// A turn, among those of all rotations and roles.
  record Turn(UUID rotation, String role, Instant began) {}

  private final Map<DayKinds.Kind, Duration> days = new EnumMap<>(DayKinds.Kind.class);
  private final Set<Turn> turns = new HashSet<>();
  private final Set<Turn> covers = new HashSet<>();
  private final Set<Turn> covered = new HashSet<>();
  private Duration nights = Duration.ZERO;
  private Duration forOthers = Duration.ZERO;
  private Duration byOthers = Duration.ZERO;

  static Turn turn(UUID rotation, Assignment assignment) {
    return new Turn(rotation, assignment.role(), assignment.turn());
  }

  void served(Turn turn, Span span, DayKinds kinds) {
    turns.add(turn);
    kinds.split(span).forEach((kind, length) -> days.merge(kind, length, Duration::plus));
    nights = nights.plus(kinds.night(span));
  }

  void servedForAnother(Turn turn, Span span) {
    covers.add(turn);
    forOthers = forOthers.plus(span.length());
  }

  void anotherServed(Turn turn, Span span) {
    covered.add(turn);
    byOthers = byOthers.plus(span.length());
  }

  Served of(Participant person) {
    return new Served(
        person,
        turns.size(),
        days.getOrDefault(DayKinds.Kind.WORKDAY, Duration.ZERO),
        days.getOrDefault(DayKinds.Kind.WEEKEND, Duration.ZERO),
        days.getOrDefault(DayKinds.Kind.HOLIDAY, Duration.ZERO),
        nights,
        forOthers,
        covers.size(),
        byOthers,
        covered.size());
  }
}
