package dev.bothy.app.rotations.fairness;

import dev.bothy.app.rotations.plan.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Which days are which, by the calendar of a zone. A day lasts from its first instant to that of
/// the next: where the clocks change it has 23 or 25 hours.
///
/// @param holidays free days; one that falls on a weekend is a holiday
/// @param weekend days of the week, not all
public record DayKinds(ZoneId zone, Set<LocalDate> holidays, Set<DayOfWeek> weekend) {
  /// The night of this and the next day.
  private static final LocalTime NIGHT_BEGINS = LocalTime.of(22, 0);

  private static final LocalTime NIGHT_ENDS = LocalTime.of(6, 0);

  /// What a day is; each is one of these.
  enum Kind {
    WORKDAY,
    WEEKEND,
    HOLIDAY
  }

  public DayKinds {
    holidays = Set.copyOf(holidays);
    weekend = weekend.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(weekend));
  }

  /// With Saturday and Sunday as the weekend.
  public static DayKinds of(ZoneId zone, Set<LocalDate> holidays) {
    return new DayKinds(zone, holidays, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
  }

  Kind of(LocalDate day) {
    if (holidays.contains(day)) {
      return Kind.HOLIDAY;
    }
    return weekend.contains(day.getDayOfWeek()) ? Kind.WEEKEND : Kind.WORKDAY;
  }

  /// How much of the stretch falls on days of each kind; their sum is its length.
  Map<Kind, Duration> split(Span span) {
    Map<Kind, Duration> lengths = new EnumMap<>(Kind.class);
    LocalDate day = span.start().atZone(zone).toLocalDate();
    for (Instant from = span.start(); from.isBefore(span.end()); day = day.plusDays(1)) {
      Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
      Instant until = next.isBefore(span.end()) ? next : span.end();
      // A zone that skipped a whole day begins that day and the next at the same instant.
      if (from.isBefore(until)) {
        lengths.merge(of(day), Duration.between(from, until), Duration::plus);
        from = until;
      }
    }
    return lengths;
  }

  /// How much of the stretch is night: 22:00 to 06:00 of the wall clock.
  Duration night(Span span) {
    Duration night = Duration.ZERO;
    LocalDate day = span.start().atZone(zone).toLocalDate().minusDays(1);
    Instant begins = day.atTime(NIGHT_BEGINS).atZone(zone).toInstant();
    while (begins.isBefore(span.end())) {
      Instant ends = day.plusDays(1).atTime(NIGHT_ENDS).atZone(zone).toInstant();
      night = night.plus(within(begins, ends, span));
      day = day.plusDays(1);
      begins = day.atTime(NIGHT_BEGINS).atZone(zone).toInstant();
    }
    return night;
  }

  private static Duration within(Instant from, Instant until, Span span) {
    return from.isBefore(until)
        ? Spans.common(new Span(from, until), span).map(Span::length).orElse(Duration.ZERO)
        : Duration.ZERO;
  }
}
