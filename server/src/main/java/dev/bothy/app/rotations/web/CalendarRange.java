package dev.bothy.app.rotations.web;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which part of the calendar is looked at: whole weeks from a Monday on.
///
/// @param view `month` or `week`
/// @param day a day of the month or week
record CalendarRange(String view, LocalDate day, LocalDate today, ZoneId zone) {
  private static final String WEEK = "week";

  /// Nobody plans further, and each further day takes time to foresee.
  private static final Period FURTHEST = Period.ofMonths(18);

  private static final Period EARLIEST = Period.ofYears(10);

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  /// @param view anything but `week` is the month
  /// @param day `2026-12-24`; anything else, or a day too far away, is today
  static CalendarRange of(String view, String day, ZoneId zone, Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate wanted = today;
    try {
      LocalDate read = LocalDate.parse(day);
      if (inReach(read, today)) {
        wanted = read;
      }
    } catch (DateTimeException _) {
      // An address that somebody wrote by hand shows today.
    }
    return new CalendarRange(view.equals(WEEK) ? WEEK : "month", wanted, today, zone);
  }

  public boolean week() {
    return view.equals(WEEK);
  }

  /// The days that are shown, Monday to Sunday.
  public List<LocalDate> days() {
    LocalDate first = week() ? day : day.withDayOfMonth(1);
    LocalDate last = week() ? day : YearMonth.from(day).atEndOfMonth();
    return first
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
        .datesUntil(last.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).plusDays(1))
        .toList();
  }

  /// `November 2026`, or the week by its first day.
  public String title() {
    return week() ? "Week of " + DAY.format(days().getFirst()) : MONTH.format(day);
  }

  /// A day of the month or week before; null if nothing is shown there.
  public @Nullable LocalDate previous() {
    return reached(week() ? day.minusWeeks(1) : day.minusMonths(1));
  }

  /// A day of the month or week after; null if nothing is shown there.
  public @Nullable LocalDate next() {
    return reached(week() ? day.plusWeeks(1) : day.plusMonths(1));
  }

  Instant from() {
    return days().getFirst().atStartOfDay(zone).toInstant();
  }

  Instant until() {
    return days().getLast().plusDays(1).atStartOfDay(zone).toInstant();
  }

  private @Nullable LocalDate reached(LocalDate wanted) {
    return inReach(wanted, today) ? wanted : null;
  }

  private static boolean inReach(LocalDate wanted, LocalDate today) {
    return wanted.isAfter(today.minus(EARLIEST)) && wanted.isBefore(today.plus(FURTHEST));
  }
}
