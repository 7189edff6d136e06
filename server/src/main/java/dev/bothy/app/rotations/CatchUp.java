package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What happened while nobody was watching: the hand-offs between a shift that should have ended
/// and now.
///
/// @param missed the hand-offs whose shift is over too, in order; they are logged and never
///   announced. At most the last [#MOST_LOGGED]
/// @param older how many were missed before those: the turn passed through them all the same
/// @param current the hand-off that began the shift of now, the only one to announce; empty when
///   none was due
record CatchUp(List<Handoff> missed, long older, Optional<Handoff> current) {
  /// How many missed hand-offs are logged one by one: a year of hourly turns is 8,760.
  static final int MOST_LOGGED = 10_000;

  CatchUp {
    missed = List.copyOf(missed);
  }

  /// One passing of the turn.
  ///
  /// @param at when it was due
  /// @param until when the shift it began ends
  record Handoff(Instant at, Instant until, Turn turn) {}

  /// The hand-offs due from `due` on, up to and including now.
  ///
  /// @param due when the current shift ends
  /// @param turn whose shift it is
  /// @param available who could take a turn; asked once for each person, as of now, since nobody
  ///   knows what was
  static CatchUp run(
      HandoffTimes times,
      Roster roster,
      Instant due,
      Turn turn,
      Instant now,
      Predicate<Participant> available) {
    if (due.isAfter(now)) {
      return new CatchUp(List.of(), 0, Optional.empty());
    }
    Deque<Handoff> missed = new ArrayDeque<>();
    long older = 0;
    Handoff last = new Handoff(due, times.nextAfter(due), roster.next(turn, available));
    while (!last.until().isAfter(now)) {
      missed.add(last);
      if (missed.size() > MOST_LOGGED) {
        missed.removeFirst();
        older++;
      }
      Instant at = last.until();
      last = new Handoff(at, times.nextAfter(at), roster.next(last.turn(), available));
    }
    return new CatchUp(List.copyOf(missed), older, Optional.of(last));
  }
}
