package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The next four weeks of a rotation, day by day, in the rotation's zone.
///
/// @param days whole weeks from the Monday of this week on
record Calendar(List<Day> days) {
  /// How many whole weeks follow this one.
  private static final int WEEKS = 4;

  /// How many hand-offs of one day are shown; hourly turns have 24.
  private static final int MOST_SHOWN = 4;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  Calendar {
    days = List.copyOf(days);
  }

  /// A day.
  ///
  /// @param carried who is on duty as the day begins, where that is foreseen; null on days gone by
  /// @param handoffs the day's hand-offs, at most [#MOST_SHOWN]
  /// @param more how many hand-offs are not shown
  record Day(
      LocalDate date,
      boolean past,
      boolean today,
      @Nullable String carried,
      List<Handoff> handoffs,
      int more) {
    /// `Mon 23 Nov`, for where no column names the day.
    public String longName() {
      return DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).format(date);
    }

    /// The number alone; with the month on its first day.
    public String shortName() {
      String pattern = date.getDayOfMonth() == 1 ? "d MMM" : "d";
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date);
    }
  }

  /// A hand-off.
  ///
  /// @param time wall-clock time, `HH:MM`
  /// @param person the name of who takes over
  record Handoff(String time, String person) {}

  /// When the last day is over: shifts are to be foreseen until then.
  static Instant end(Rotation rotation, Instant now) {
    ZoneId zone = rotation.times().zone();
    return firstDay(now, zone).plusWeeks(WEEKS + 1).atStartOfDay(zone).toInstant();
  }

  /// @param coming the shifts that begin before [#end], in order
  static Calendar of(
      Rotation rotation, List<Shift> coming, Map<Participant, String> names, Instant now) {
    ZoneId zone = rotation.times().zone();
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate first = firstDay(now, zone);
    String onDuty = name(rotation.onDuty(), names);
    List<Day> days = new ArrayList<>();
    int next = 0;
    for (LocalDate date = first;
        date.isBefore(first.plusWeeks(WEEKS + 1));
        date = date.plusDays(1)) {
      boolean foreseen = !date.isBefore(today) && rotation.active();
      String carried = foreseen ? onDuty : null;
      List<Handoff> handoffs = new ArrayList<>();
      int more = 0;
      while (next < coming.size() && dateOf(coming.get(next), zone).equals(date)) {
        Shift shift = coming.get(next);
        onDuty = name(shift.person(), names);
        if (handoffs.size() < MOST_SHOWN) {
          handoffs.add(new Handoff(TIME.format(shift.start().atZone(zone)), onDuty));
        } else {
          more++;
        }
        next++;
      }
      days.add(new Day(date, date.isBefore(today), date.equals(today), carried, handoffs, more));
    }
    return new Calendar(days);
  }

  private static LocalDate firstDay(Instant now, ZoneId zone) {
    return now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static LocalDate dateOf(Shift shift, ZoneId zone) {
    return shift.start().atZone(zone).toLocalDate();
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "nobody" : names.getOrDefault(person, person.account());
  }
}
