package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A month or a week of a rotation, day by day and role by role, in the rotation's zone: what was
/// from history, what is to come from the plan.
///
/// @param roles the roles, in the order of the layers, each with the number of its colour
/// @param days whole weeks
record Calendar(Map<String, Integer> roles, List<Day> days) {
  /// How many colours there are; roles beyond share them. Each is named in words as well.
  private static final int COLOURS = 6;

  /// How many pieces of a day and role are shown in a month; hourly turns have 24.
  private static final int MOST_SHOWN = 4;

  private static final int HALF_HOURS = 48;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  /// A day.
  ///
  /// @param past whether it is over
  /// @param outside whether it is of another month than the one that is shown
  /// @param lanes one for each role that has something that day
  record Day(LocalDate date, boolean past, boolean today, boolean outside, List<Lane> lanes) {
    /// `Mon 23 Nov`, for where no column names the day.
    public String longName() {
      return DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).format(date);
    }

    /// The number alone; with the month on its first day.
    public String shortName() {
      String pattern = date.getDayOfMonth() == 1 ? "d MMM" : "d";
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date);
    }

    /// The day after.
    public LocalDate next() {
      return date.plusDays(1);
    }
  }

  /// A role's day.
  record Lane(String role, int colour, List<Piece> pieces) {
    /// What a month shows: what begins that day, and without any what goes on.
    public List<Piece> shown() {
      List<Piece> beginning = pieces.stream().filter(Piece::begins).toList();
      return (beginning.isEmpty() ? pieces : beginning).stream().limit(MOST_SHOWN).toList();
    }

    /// How many more there are.
    public int more() {
      int beginning = (int) pieces.stream().filter(Piece::begins).count();
      return Math.max(0, beginning - MOST_SHOWN);
    }
  }

  /// What of a shift falls into a day.
  ///
  /// @param person a name, `Nobody` or `Free`
  /// @param begins whether the shift begins that day
  /// @param time when it begins that day, `HH:MM`
  /// @param because why, in words; empty for an ordinary turn
  /// @param gap whether nobody is on duty although somebody should
  /// @param first in which half hour of the day it begins, 0 to 47
  /// @param last before which half hour it ends, 1 to 48
  /// @param words all of it in a sentence
  /// @param shift of a shift to come that somebody has, as [RequestForm#value] calls it; else null
  record Piece(
      String person,
      boolean begins,
      String time,
      String because,
      boolean gap,
      int first,
      int last,
      String words,
      @Nullable String shift) {}

  /// @param roles in the order of the layers
  /// @param shifts those that overlap the range, by start
  /// @param names of everybody in the shifts
  static Calendar of(
      CalendarRange range, List<String> roles, List<Shift> shifts, Map<Participant, String> names) {
    Map<String, Integer> colours = new LinkedHashMap<>();
    roles.forEach(role -> colours.putIfAbsent(role, colours.size() % COLOURS));
    List<Shift> whole = joined(shifts);
    whole.forEach(shift -> colours.putIfAbsent(shift.role(), colours.size() % COLOURS));
    List<Day> days = new ArrayList<>();
    for (LocalDate date : range.days()) {
      List<Lane> lanes = new ArrayList<>();
      colours.forEach((role, colour) -> {
        List<Piece> pieces =
            whole.stream()
                .filter(shift -> shift.role().equals(role))
                .flatMap(shift -> piece(shift, date, range.zone(), names).stream())
                .toList();
        if (!pieces.isEmpty()) {
          lanes.add(new Lane(role, colour, pieces));
        }
      });
      days.add(
          new Day(
              date,
              date.isBefore(range.today()),
              date.equals(range.today()),
              !range.week() && date.getMonth() != range.day().getMonth(),
              lanes));
    }
    return new Calendar(colours, days);
  }

  /// Whether anything is shown at all.
  public boolean isEmpty() {
    return days.stream().allMatch(day -> day.lanes().isEmpty());
  }

  /// Pieces of one turn that follow one another and say the same are one.
  private static List<Shift> joined(List<Shift> shifts) {
    List<Shift> joined = new ArrayList<>();
    for (Shift shift : shifts) {
      int at = joined.size() - 1;
      while (at >= 0 && !goesOn(joined.get(at), shift)) {
        at--;
      }
      if (at >= 0) {
        joined.set(at, until(joined.get(at), shift.end()));
      } else if (shift.start().isBefore(shift.end())) {
        joined.add(shift);
      }
    }
    return joined;
  }

  private static boolean goesOn(Shift one, Shift next) {
    return one.end().equals(next.start())
        && one.role().equals(next.role())
        && one.turn().equals(next.turn())
        && one.why() == next.why()
        && Objects.equals(one.person(), next.person())
        && Objects.equals(one.instead(), next.instead());
  }

  private static Shift until(Shift shift, Instant end) {
    return new Shift(
        shift.id(),
        shift.role(),
        shift.person(),
        shift.start(),
        end,
        shift.turn(),
        shift.why(),
        shift.instead(),
        shift.missed());
  }

  private static List<Piece> piece(
      Shift shift, LocalDate date, ZoneId zone, Map<Participant, String> names) {
    ZonedDateTime start = shift.start().atZone(zone);
    ZonedDateTime end = shift.end().atZone(zone);
    ZonedDateTime midnight = date.atStartOfDay(zone);
    ZonedDateTime next = date.plusDays(1).atStartOfDay(zone);
    if (!start.isBefore(next) || !end.isAfter(midnight)) {
      return List.of();
    }
    boolean begins = !start.isBefore(midnight);
    int first = begins ? start.toLocalTime().toSecondOfDay() / 1800 : 0;
    int last = end.isBefore(next) ? (end.toLocalTime().toSecondOfDay() + 1799) / 1800 : HALF_HOURS;
    Participant holder = shift.person();
    String person = name(shift, names);
    String because = because(shift, names);
    String words =
        "%s: %s, %s to %s%s"
            .formatted(
                shift.role(),
                person,
                DAY_AND_TIME.format(start),
                DAY_AND_TIME.format(end),
                because.isEmpty() ? "" : ", " + because);
    return List.of(
        new Piece(
            person,
            begins,
            TIME.format(start),
            because,
            Reasons.gap(shift),
            first,
            Math.min(HALF_HOURS, Math.max(first + 1, last)),
            words,
            shift.id() != null || holder == null
                ? null
                : RequestForm.value(shift.start(), holder.account())));
  }

  private static String because(Shift shift, Map<Participant, String> names) {
    String why = Reasons.of(shift.why(), name(shift.instead(), names, "somebody else"));
    if (!shift.missed()) {
      return why;
    }
    return why.isEmpty() ? "nobody was told" : why + ", nobody was told";
  }

  private static String name(Shift shift, Map<Participant, String> names) {
    return name(shift.person(), names, Reasons.gap(shift) ? "Nobody" : "Free");
  }

  private static String name(
      @Nullable Participant person, Map<Participant, String> names, String nobody) {
    return person == null ? nobody : names.getOrDefault(person, person.account());
  }
}
