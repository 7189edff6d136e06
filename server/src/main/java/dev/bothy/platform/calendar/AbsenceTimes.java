package dev.bothy.platform.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/// From when to when somebody is away, as they say it by the wall clock of a zone.
///
/// ## Where the clocks change
///
/// A time that the clock skips is the first instant after the gap. A time that it shows twice is
/// the first of the two as a beginning and the second as an end: whoever says "until 02:30" is away
/// for both.
///
/// @param from included
/// @param to excluded; not after `from` is what a caller may try, and is refused
/// @param allDay whether these are whole days of the zone
/// @param zone in which a refusal tells of other absences
public record AbsenceTimes(Instant from, Instant to, boolean allDay, ZoneId zone) {
  /// Whole days of the zone.
  ///
  /// @param first the first day away
  /// @param last the last day away, which may be the first
  public static AbsenceTimes ofDays(LocalDate first, LocalDate last, ZoneId zone) {
    return new AbsenceTimes(
        first.atStartOfDay(zone).toInstant(),
        last.plusDays(1).atStartOfDay(zone).toInstant(),
        true,
        zone);
  }

  /// A part of a day, or of several.
  ///
  /// @param end excluded
  public static AbsenceTimes ofHours(LocalDateTime start, LocalDateTime end, ZoneId zone) {
    ZoneOffsetTransition atStart = zone.getRules().getTransition(start);
    ZoneOffsetTransition atEnd = zone.getRules().getTransition(end);
    return new AbsenceTimes(
        atStart != null && atStart.isGap()
            ? atStart.getInstant()
            : start.atZone(zone).withEarlierOffsetAtOverlap().toInstant(),
        atEnd != null && atEnd.isGap()
            ? atEnd.getInstant()
            : end.atZone(zone).withLaterOffsetAtOverlap().toInstant(),
        false,
        zone);
  }

  /// In words: `Thu 24 Dec 2026 to Sat 26 Dec 2026`, or with times and the zone unless these are
  /// whole days.
  public String words() {
    return AbsenceWords.of(from, to, allDay, zone);
  }

  /// The day that holds the instant by the wall clock of the zone.
  static LocalDate day(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toLocalDate();
  }

  /// Whether a day of the zone begins at this instant.
  static boolean isMidnight(Instant instant, ZoneId zone) {
    return day(instant, zone).atStartOfDay(zone).toInstant().equals(instant);
  }
}
