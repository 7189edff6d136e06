package dev.bothy.app.rotations;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

  /// The days as [#set] reads them, three and more in a row as a range: `mon-fri,sun`.
  static String write(Set<DayOfWeek> days) {
    List<String> parts = new ArrayList<>();
    DayOfWeek[] week = DayOfWeek.values();
    for (int first = 0; first < week.length; first++) {
      if (days.contains(week[first])) {
        int last = first;
        while (last + 1 < week.length && days.contains(week[last + 1])) {
          last++;
        }
        if (last - first >= 2) {
          parts.add(shortName(week[first]) + "-" + shortName(week[last]));
          first = last;
        } else {
          parts.add(shortName(week[first]));
        }
      }
    }
    return String.join(",", parts);
  }

  /// The days that a list means, with commas or spaces and with ranges such as `mon-fri`; empty
  /// when any of it is none.
  static Optional<Set<DayOfWeek>> set(String typed) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : typed.strip().split("[,\\s]+")) {
      String[] ends = part.split("-", -1);
      Optional<DayOfWeek> first = find(ends[0]);
      Optional<DayOfWeek> last = find(ends[ends.length - 1]);
      if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
        return Optional.empty();
      }
      for (DayOfWeek day = first.get(); day != last.get(); day = day.plus(1)) {
        days.add(day);
      }
      days.add(last.get());
    }
    return Optional.of(days);
  }
}
