package dev.bothy.app.rotations;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;

/// Days of the week as a number: a bit for each, Monday the lowest.
final class DayBits {
  private DayBits() {}

  static int of(Set<DayOfWeek> days) {
    int bits = 0;
    for (DayOfWeek day : days) {
      bits |= 1 << day.ordinal();
    }
    return bits;
  }

  static Set<DayOfWeek> days(int bits) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if ((bits & 1 << day.ordinal()) != 0) {
        days.add(day);
      }
    }
    return days;
  }
}
