package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.Absence;
import dev.bothy.platform.calendar.AbsenceWords;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// The absences of a month, as the page shows them: a line for each, and a row of days for each
/// person. Every absence counts in its person's own time zone.
///
/// @param days the month's days
/// @param rows by name of the person
/// @param lines by the beginning of the absence
record AbsenceMonth(YearMonth month, List<Day> days, List<Row> rows, List<Line> lines) {
  private static final DateTimeFormatter TITLE =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  /// @param letter of its day of the week
  record Day(int number, String letter, boolean weekend, boolean today) {}

  /// @param away for each day of the month: `` for there, `whole` or `part`
  record Row(String name, List<String> away) {}

  /// @param when in words
  /// @param source in words
  record Line(UUID id, String name, String when, String source, boolean own, boolean mayChange) {}

  /// An absence with what is known of its person.
  record Known(Absence absence, String name, ZoneId zone, boolean own, boolean mayChange) {
    /// Whether it touches the month by its person's clock.
    boolean touches(YearMonth month) {
      return absence.overlaps(
          start(month.atDay(1), zone), start(month.plusMonths(1).atDay(1), zone));
    }

    /// How much of the day it takes: ``, `whole` or `part`.
    String takes(LocalDate day) {
      Instant begin = start(day, zone);
      Instant end = start(day.plusDays(1), zone);
      if (!absence.overlaps(begin, end)) {
        return "";
      }
      boolean whole = !absence.from().isAfter(begin) && !absence.to().isBefore(end);
      return whole ? "whole" : "part";
    }

    private static Instant start(LocalDate day, ZoneId zone) {
      return day.atStartOfDay(zone).toInstant();
    }
  }

  /// @param known of this month and those near it, by their beginning
  static AbsenceMonth of(YearMonth month, List<Known> known, LocalDate today) {
    List<Day> days = new ArrayList<>();
    for (int number = 1; number <= month.lengthOfMonth(); number++) {
      LocalDate date = month.atDay(number);
      DayOfWeek weekday = date.getDayOfWeek();
      days.add(
          new Day(
              number,
              weekday.getDisplayName(TextStyle.NARROW, Locale.ENGLISH),
              weekday.compareTo(DayOfWeek.FRIDAY) > 0,
              date.equals(today)));
    }
    List<Known> shown = known.stream().filter(each -> each.touches(month)).toList();
    Map<String, List<Known>> byPerson = new LinkedHashMap<>();
    shown.stream()
        .sorted((one, other) -> one.name().compareToIgnoreCase(other.name()))
        .forEach(each ->
            byPerson
                .computeIfAbsent(
                    each.absence().connection() + "/" + each.absence().account(),
                    _ -> new ArrayList<>())
                .add(each));
    return new AbsenceMonth(
        month,
        days,
        byPerson.values().stream().map(of -> row(month, of)).toList(),
        shown.stream().map(AbsenceMonth::line).toList());
  }

  /// `December 2026`.
  public String title() {
    return TITLE.format(month);
  }

  private static Row row(YearMonth month, List<Known> ofPerson) {
    List<String> away = new ArrayList<>();
    for (int number = 1; number <= month.lengthOfMonth(); number++) {
      LocalDate day = month.atDay(number);
      away.add(
          ofPerson.stream()
              .map(each -> each.takes(day))
              .max((one, other) -> Integer.compare(weight(one), weight(other)))
              .orElse(""));
    }
    return new Row(ofPerson.getFirst().name(), away);
  }

  private static int weight(String taken) {
    return switch (taken) {
      case "whole" -> 2;
      case "part" -> 1;
      default -> 0;
    };
  }

  private static Line line(Known known) {
    Absence absence = known.absence();
    return new Line(
        absence.id(),
        known.name(),
        AbsenceWords.of(absence.from(), absence.to(), absence.allDay(), known.zone()),
        absence.source().words(),
        known.own(),
        known.mayChange());
  }
}
