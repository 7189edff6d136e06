package dev.bothy.app.rotations.exchange;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Hours of the wall clock in which a layer is on duty.
///
/// @param days the days that it begins on, at least one
/// @param to the end; not after `from` means the day after, so that 09:00 to 09:00 are 24 hours
public record HourBlock(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public HourBlock {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }
}
