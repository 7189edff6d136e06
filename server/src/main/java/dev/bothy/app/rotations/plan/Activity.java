package dev.bothy.app.rotations.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// When somebody is on duty at all.
///
/// A day of duty begins at the time of the hand-off: with Monday to Friday and a hand-off at 09:00,
/// Friday's lasts until Saturday 09:00. Where there are hours, the day on which they begin counts
/// instead: those of Friday evening are Friday's until they end, and a holiday takes its own hours
/// and none of the next morning's, whenever the hand-off is.
///
/// @param days the days of duty, one to seven
/// @param hours the hours within them; empty for all
/// @param holidays days on which nobody is on duty
public record Activity(Set<DayOfWeek> days, List<HourBlock> hours, Set<LocalDate> holidays) {
  /// Every hour of every day.
  public static final Activity ALWAYS =
      new Activity(EnumSet.allOf(DayOfWeek.class), List.of(), Set.of());

  public Activity {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("At least one day is active");
    }
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    hours = List.copyOf(hours);
    holidays = Set.copyOf(holidays);
  }

  /// The same with these holidays.
  public Activity withHolidays(Set<LocalDate> others) {
    return new Activity(days, hours, others);
  }

  /// The active times within a span, in order; those that touch are one.
  List<Span> within(Span span, HandoffTimes times) {
    if (!hours.isEmpty()) {
      return span.common(opened(span, times));
    }
    boolean everyDay = days.size() == DayOfWeek.values().length && holidays.isEmpty();
    return everyDay ? List.of(span) : span.common(daysOfDuty(span, times));
  }

  private List<Span> daysOfDuty(Span span, HandoffTimes times) {
    List<Span> active = new ArrayList<>();
    LocalDate last = dayOf(span, times, false);
    for (LocalDate day = dayOf(span, times, true); !day.isAfter(last); day = day.plusDays(1)) {
      if (isActive(day)) {
        Span.between(times.at(day), times.at(day.plusDays(1))).ifPresent(active::add);
      }
    }
    return active;
  }

  private List<Span> opened(Span span, HandoffTimes times) {
    List<Span> open = new ArrayList<>();
    LocalDate last = dayOf(span, times, false);
    for (LocalDate day = dayOf(span, times, true); !day.isAfter(last); day = day.plusDays(1)) {
      if (!isActive(day)) {
        continue;
      }
      for (HourBlock block : hours) {
        if (block.days().contains(day.getDayOfWeek())) {
          LocalDate end = block.overnight() ? day.plusDays(1) : day;
          Span.between(times.at(day.atTime(block.from())), times.at(end.atTime(block.to())))
              .ifPresent(open::add);
        }
      }
    }
    return open;
  }

  private boolean isActive(LocalDate day) {
    return days.contains(day.getDayOfWeek()) && !holidays.contains(day);
  }

  /// The local day before the one that the span begins in, since a day of duty and a night's block
  /// reach into the next; or the one that it ends in.
  private static LocalDate dayOf(Span span, HandoffTimes times, boolean first) {
    return first
        ? span.start().atZone(times.zone()).toLocalDate().minusDays(1)
        : span.end().atZone(times.zone()).toLocalDate();
  }
}
