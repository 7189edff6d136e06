package dev.bothy.platform.calendar;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// Days that are free, and why.
///
/// @param name 1 to 80 characters, unlike any other calendar's of the workspace
/// @param days the name of each free day, 1 to 80 characters
public record HolidayCalendar(UUID id, String name, SortedMap<LocalDate, String> days) {
  public HolidayCalendar {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }
}
