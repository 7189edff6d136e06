package dev.bothy.app.rotations.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When a rotation's turn passes on: a rule of the wall clock, turned into instants.
///
/// ## Where the clocks change
///
/// - A time that the clock skips (a gap) is the first instant after the gap: 02:30 in Chicago on
///   2020-03-08 is 03:00 CDT, and 02:30 again the day after. (`ZonedDateTime` alone would answer
///   03:30.) Two wall-clock times that fall into one gap are one hand-off.
/// - A time that the clock shows twice (an overlap) is the first of the two; nothing happens at the
///   second, so the hourly turn that begins there lasts two hours.
///
/// Wall-clock times are counted from the first hand-off, never stepped from the last, so that one
/// changed clock does not shift those that follow; months that have no such day hand off on their
/// last one, and the next that has it on it again.
///
/// @param from the day of the first hand-off; with a weekly cadence the first of its days on or
///   after this one
/// @param at the wall-clock time of the hand-off, with [Cadence.Custom] of the first one
/// @param zone the rotation's time zone
public record HandoffTimes(Cadence cadence, LocalDate from, LocalTime at, ZoneId zone) {
  /// The rule in words, such as `every Monday at 09:00 (Europe/Berlin)`.
  public String describe() {
    return cadence.describe() + " at " + at + " (" + zone + ")";
  }

  /// The first hand-off after this instant, never at it.
  public Instant nextAfter(Instant instant) {
    LocalDateTime wallClock = instant.atZone(zone).toLocalDateTime();
    LocalDateTime candidate = followingWallClock(wallClock);
    Instant next = at(candidate);
    while (!next.isAfter(instant)) {
      // Only in the second run of an overlap: the wall clock has yet to reach these times again,
      // but they were handed off in the first run.
      candidate = followingWallClock(candidate);
      next = at(candidate);
    }
    return next;
  }

  /// The last hand-off at or before this instant; empty before the first.
  public Optional<Instant> lastUntil(Instant instant) {
    // A wall-clock day back is further than any offset reaches, and one turn back is at most a
    // year, so the walk forward from there is short: at most a day of hourly turns.
    Duration back = longestTurn().plusDays(2);
    Instant candidate = nextAfter(instant.minus(back));
    Optional<Instant> last = Optional.empty();
    while (!candidate.isAfter(instant)) {
      last = Optional.of(candidate);
      candidate = nextAfter(candidate);
    }
    return last;
  }

  /// The hand-offs at or after `start` and before `end`, in order.
  ///
  /// @param atMost how many to return at most; the rest of the range is left out
  public List<Instant> between(Instant start, Instant end, int atMost) {
    List<Instant> handoffs = new ArrayList<>();
    Instant next = nextAfter(start.minusNanos(1));
    while (next.isBefore(end) && handoffs.size() < atMost) {
      handoffs.add(next);
      next = nextAfter(next);
    }
    return handoffs;
  }

  private LocalDateTime followingWallClock(LocalDateTime wallClock) {
    return switch (cadence) {
      case Cadence.Daily() -> followingMultiple(wallClock, Duration.ofDays(1));
      case Cadence.Custom(int every, Cadence.Unit unit) when unit == Cadence.Unit.MONTHS ->
          followingMonths(wallClock, every);
      case Cadence.Custom custom -> followingMultiple(wallClock, custom.period());
      case Cadence.Weekly weekly -> followingDayOf(wallClock, weekly);
    };
  }

  /// The instant of the hand-off time on this day.
  Instant at(LocalDate day) {
    return at(day.atTime(at));
  }

  /// The instant of this wall-clock time; of one that the clock skips or shows twice, as above.
  Instant at(LocalDateTime wallClock) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wallClock);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(wallClock).getInstant()
        : wallClock.toInstant(offsets.getFirst());
  }

  private LocalDateTime followingMonths(LocalDateTime wallClock, int every) {
    LocalDateTime first = from.atTime(at);
    if (wallClock.isBefore(first)) {
      return first;
    }
    long turns = ChronoUnit.MONTHS.between(first, wallClock) / every;
    LocalDateTime candidate = first.plusMonths(turns * every);
    while (!candidate.isAfter(wallClock)) {
      turns++;
      candidate = first.plusMonths(turns * every);
    }
    return candidate;
  }

  private LocalDateTime followingMultiple(LocalDateTime wallClock, Duration period) {
    LocalDateTime first = from.atTime(at);
    if (wallClock.isBefore(first)) {
      return first;
    }
    long turns = Duration.between(first, wallClock).dividedBy(period) + 1;
    return first.plus(period.multipliedBy(turns));
  }

  private LocalDateTime followingDayOf(LocalDateTime wallClock, Cadence.Weekly weekly) {
    LocalDate day = wallClock.toLocalDate();
    if (day.isBefore(from)) {
      day = from;
    }
    while (!weekly.days().contains(day.getDayOfWeek()) || !day.atTime(at).isAfter(wallClock)) {
      day = day.plusDays(1);
    }
    return day.atTime(at);
  }

  private Duration longestTurn() {
    return switch (cadence) {
      case Cadence.Daily() -> Duration.ofDays(1);
      case Cadence.Weekly _ -> Duration.ofDays(7);
      case Cadence.Custom custom -> custom.period();
    };
  }
}
