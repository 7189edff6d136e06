package dev.bothy.app.rotations;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Days of the week as people type them: `mon`, `Monday`, `tues`.
final class WeekDays {
  /// What a message says is allowed.
  static final String ALLOWED = "mon, tue, wed, thu, fri, sat, sun";

  private WeekDays() {}

  /// The day of which this is the name or its first three or more letters.
  static Optional<DayOfWeek> find(String typed) {
    String folded = typed.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> folded.length() >= 3 && day.name().startsWith(folded))
        .findFirst();
  }

  /// The three letters that a person types.
  static String shortName(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }
}
