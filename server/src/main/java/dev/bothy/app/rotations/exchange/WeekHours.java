package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.HourBlock;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The minutes of a week in which a layer is on duty, of the wall clock: others write them as one
/// stretch over days, as overlapping ones, or in seconds.
final class WeekHours {
  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  private final BitSet minutes = new BitSet(WEEK);

  /// Every minute.
  static WeekHours always() {
    WeekHours hours = new WeekHours();
    hours.minutes.set(0, WEEK);
    return hours;
  }

  /// A stretch; of more than a week, the whole week.
  WeekHours add(DayOfWeek day, LocalTime from, long length) {
    int begin = minute(day, from);
    for (int at = 0; at < Math.min(length, WEEK); at++) {
      minutes.set((begin + at) % WEEK);
    }
    return this;
  }

  /// From one time of the week to another; the same one means the whole week.
  WeekHours addUntil(DayOfWeek fromDay, LocalTime from, DayOfWeek toDay, LocalTime to) {
    int length = Math.floorMod(minute(toDay, to) - minute(fromDay, from), WEEK);
    return add(fromDay, from, length == 0 ? WEEK : length);
  }

  boolean isEmpty() {
    return minutes.isEmpty();
  }

  boolean isAlways() {
    return minutes.cardinality() == WEEK;
  }

  /// Whether any minute between the two is one, as the wall clock runs.
  boolean anyBetween(LocalDateTime from, LocalDateTime until) {
    if (!from.plusWeeks(1).isAfter(until)) {
      return !isEmpty();
    }
    int begin = minute(from.getDayOfWeek(), from.toLocalTime());
    int end = minute(until.getDayOfWeek(), until.toLocalTime());
    int next = minutes.nextSetBit(begin);
    return begin < end ? next >= 0 && next < end : next >= 0 || minutes.nextSetBit(0) < end;
  }

  /// The days, if these are whole days that begin at this time; else none.
  Set<DayOfWeek> daysFrom(LocalTime at) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    WeekHours same = new WeekHours();
    for (DayOfWeek day : DayOfWeek.values()) {
      if (minutes.get(minute(day, at))) {
        days.add(day);
        same.add(day, at, DAY);
      }
    }
    return same.minutes.equals(minutes) ? days : EnumSet.noneOf(DayOfWeek.class);
  }

  /// The same as blocks of at most a day; none for the whole week. A stretch of more than a day is
  /// parted at midnights.
  List<HourBlock> blocks() {
    if (isAlways()) {
      return List.of();
    }
    Map<List<LocalTime>, Set<DayOfWeek>> blocks = new LinkedHashMap<>();
    for (int begin = 0; begin < WEEK; begin++) {
      if (minutes.get(begin) && !minutes.get(Math.floorMod(begin - 1, WEEK))) {
        int length = length(begin);
        int at = begin;
        while (length > DAY) {
          int piece = DAY - at % DAY;
          put(blocks, at, piece);
          at = (at + piece) % WEEK;
          length -= piece;
        }
        put(blocks, at, length);
      }
    }
    List<HourBlock> found = new ArrayList<>();
    blocks.forEach((times, days) -> found.add(new HourBlock(days, times.get(0), times.get(1))));
    return found;
  }

  private int length(int begin) {
    int length = 0;
    while (minutes.get((begin + length) % WEEK)) {
      length++;
    }
    return length;
  }

  private static void put(Map<List<LocalTime>, Set<DayOfWeek>> blocks, int begin, int length) {
    List<LocalTime> times = List.of(time(begin), time(begin + length));
    blocks
        .computeIfAbsent(times, _ -> EnumSet.noneOf(DayOfWeek.class))
        .add(DayOfWeek.of(begin / DAY + 1));
  }

  private static LocalTime time(int minute) {
    return LocalTime.ofSecondOfDay(minute % DAY * 60L);
  }

  private static int minute(DayOfWeek day, LocalTime time) {
    return (day.getValue() - 1) * DAY + time.toSecondOfDay() / 60;
  }
}
