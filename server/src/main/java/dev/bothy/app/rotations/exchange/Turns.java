package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/// Hand-offs by the wall clock, counted from the first (number 0), never stepped from the last. A
/// time that the clock skips is the first instant after the gap; of one that it shows twice, the
/// first. Two hand-offs may be one instant.
record Turns(LocalDateTime first, int every, Cadence.Unit unit, ZoneId zone) {
  LocalDateTime wallClock(long number) {
    return first.plus(number * every, chrono(unit));
  }

  Instant at(long number) {
    return instant(wallClock(number), zone);
  }

  /// The number of the turn that runs at this instant; below 0 before the first.
  long running(Instant instant) {
    LocalDateTime now = instant.atZone(zone).toLocalDateTime();
    long number = Math.floorDiv(chrono(unit).between(first, now), every);
    while (at(number).isAfter(instant)) {
      number--;
    }
    while (!at(number + 1).isAfter(instant)) {
      number++;
    }
    return number;
  }

  static Instant instant(LocalDateTime wallClock, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(wallClock);
    if (transition == null) {
      return wallClock.atZone(zone).toInstant();
    }
    return transition.isGap()
        ? transition.getInstant()
        : wallClock.toInstant(transition.getOffsetBefore());
  }

  private static ChronoUnit chrono(Cadence.Unit unit) {
    return switch (unit) {
      case HOURS -> ChronoUnit.HOURS;
      case DAYS -> ChronoUnit.DAYS;
      case WEEKS -> ChronoUnit.WEEKS;
      case MONTHS -> ChronoUnit.MONTHS;
    };
  }

  /// A turn of so many seconds, in the largest unit that fits: 1,209,600 are 2 weeks.
  ///
  /// @throws Unreadable if it is not whole hours, or longer than a year
  static Cadence.Unit unitOf(Duration length) throws Unreadable {
    for (Cadence.Unit unit :
        new Cadence.Unit[] {Cadence.Unit.WEEKS, Cadence.Unit.DAYS, Cadence.Unit.HOURS}) {
      Duration one = chrono(unit).getDuration();
      if (length.isPositive() && length.toSeconds() % one.toSeconds() == 0) {
        long every = length.toSeconds() / one.toSeconds();
        if (every <= unit.most()) {
          return unit;
        }
      }
    }
    throw new Unreadable(
        "a turn of "
            + length.toSeconds()
            + " seconds has no match: it takes whole hours, up to a year");
  }

  static int count(Duration length, Cadence.Unit unit) {
    return (int) (length.toSeconds() / chrono(unit).getDuration().toSeconds());
  }
}
