package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.platform.kernel.PersonId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What happened while nobody was watching: the hand-offs between a shift that should have ended
/// and now.
///
/// @param missed the hand-offs whose shift is over too; they are logged and never announced
/// @param current the hand-off that began the shift of now, the only one to announce; empty when
///   none was due, or when the run stopped at [#MOST_AT_ONCE] short of now
record CatchUp(List<Handoff> missed, Optional<Handoff> current) {
  /// How many hand-offs one run works through, so that a year of hourly turns does not hold one
  /// transaction for ever. What is left is due at once and goes on from there.
  static final int MOST_AT_ONCE = 10_000;

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
  /// @param available who could take a turn; asked as of now, since nobody knows what was
  static CatchUp run(
      HandoffTimes times,
      Roster roster,
      Instant due,
      Turn turn,
      Instant now,
      Predicate<PersonId> available) {
    List<Handoff> missed = new ArrayList<>();
    Instant at = due;
    Turn last = turn;
    while (!at.isAfter(now)) {
      last = roster.next(last, available);
      Handoff handoff = new Handoff(at, times.nextAfter(at), last);
      if (handoff.until().isAfter(now)) {
        return new CatchUp(missed, Optional.of(handoff));
      }
      missed.add(handoff);
      if (missed.size() == MOST_AT_ONCE) {
        return new CatchUp(missed, Optional.empty());
      }
      at = handoff.until();
    }
    return new CatchUp(missed, Optional.empty());
  }
}
