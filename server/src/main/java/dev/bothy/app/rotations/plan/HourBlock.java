package dev.bothy.app.rotations.plan;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Hours of the wall clock in which somebody is on duty, such as 09:00 to 17:00 on working days.
///
/// @param days on which it begins, one to seven
/// @param from included
/// @param to excluded; at or before `from` it lies on the day after, so that 00:00 to 00:00 is a
///   whole day
public record HourBlock(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public HourBlock {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("A block of hours has at least one day");
    }
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /// Whether it ends on the day after the one it begins on.
  boolean overnight() {
    return !to.isAfter(from);
  }
}
