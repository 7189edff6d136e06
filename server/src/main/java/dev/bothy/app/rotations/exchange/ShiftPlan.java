package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A plan of single shifts alone. It becomes layers whose one place is kept empty, and temporary
/// schedules on top of them: while these last, they alone count; afterwards nobody is on duty, and
/// that is a gap which owners are told of ahead.
public final class ShiftPlan {
  private static final int MOST_BLOCKS = 20;
  private static final int MOST_IN_WINDOW = 400;
  private static final Duration LONGEST_WINDOW = Duration.ofDays(360);

  private ShiftPlan() {}

  /// A part of the plan that fits into one temporary schedule.
  ///
  /// @param shifts those that overlap it, whole
  public record Window(Instant from, Instant until, List<ImportedShift> shifts) {
    public Window {
      shifts = List.copyOf(shifts);
    }
  }

  /// A layer for each role, with the hours of the week in which anybody is on duty in it.
  public static List<ImportedLayer> layers(ImportedSchedule schedule, Instant now) {
    List<ImportedLayer> layers = new ArrayList<>();
    for (String role : roles(schedule)) {
      List<ImportedShift> own =
          schedule.overrides().stream().filter(shift -> shift.role().equals(role)).toList();
      ZoneId zone = schedule.zone();
      Turns weeks = new Turns(wallClock(own.getFirst().start(), zone), 1, Cadence.Unit.WEEKS, zone);
      LocalDateTime handoff = weeks.wallClock(weeks.running(now));
      layers.add(
          new ImportedLayer(
              "",
              role,
              new HandoffTimes(
                  new Cadence.Custom(1, Cadence.Unit.WEEKS),
                  handoff.toLocalDate(),
                  handoff.toLocalTime(),
                  zone),
              activity(hours(own, zone)),
              List.of(ImportedPerson.NOBODY),
              null,
              null));
    }
    return layers;
  }

  /// The roles that anybody has, in the order of their first shifts.
  static List<String> roles(ImportedSchedule schedule) {
    return schedule.overrides().stream().map(ImportedShift::role).distinct().toList();
  }

  /// The whole of it from now on, in windows that follow one another.
  public static List<Window> windows(ImportedSchedule schedule, Instant now) {
    List<Window> windows = new ArrayList<>();
    Instant last = schedule.lastEnd().orElse(now);
    Instant begin = now;
    while (begin.isBefore(last)) {
      Instant end = end(schedule, begin, last);
      List<ImportedShift> within = new ArrayList<>();
      for (ImportedShift shift : schedule.overrides()) {
        if (shift.start().isBefore(end) && begin.isBefore(shift.end())) {
          within.add(shift);
        }
      }
      windows.add(new Window(begin, end, within));
      begin = end;
    }
    return windows;
  }

  private static Instant end(ImportedSchedule schedule, Instant begin, Instant last) {
    Instant longest = begin.plus(LONGEST_WINDOW);
    Instant end = longest.isBefore(last) ? longest : last;
    return schedule.overrides().stream()
        .map(ImportedShift::start)
        .filter(start -> start.isAfter(begin) && start.isBefore(end))
        .sorted()
        .skip(MOST_IN_WINDOW)
        .findFirst()
        .orElse(end);
  }

  private static Activity activity(WeekHours hours) {
    boolean simple = hours.blocks().size() <= MOST_BLOCKS;
    return simple
        ? new Activity(EnumSet.allOf(DayOfWeek.class), hours.blocks(), Set.of())
        : Activity.ALWAYS;
  }

  /// The hours of the week, of the wall clock, in which anybody is on duty.
  static WeekHours hours(List<ImportedShift> shifts, ZoneId zone) {
    WeekHours hours = new WeekHours();
    for (ImportedShift shift : shifts) {
      LocalDateTime start = wallClock(shift.start(), zone);
      LocalDateTime end = wallClock(shift.end(), zone);
      long minutes = Math.max(1, Duration.between(start, end).toMinutes());
      hours.add(start.getDayOfWeek(), start.toLocalTime(), minutes);
    }
    return hours;
  }

  static LocalDateTime wallClock(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toLocalDateTime().withSecond(0).withNano(0);
  }

  /// Everybody who has a single shift, each once.
  public static Stream<ImportedPerson> people(ImportedSchedule schedule) {
    return schedule.overrides().stream().map(ImportedShift::person).distinct();
  }
}
