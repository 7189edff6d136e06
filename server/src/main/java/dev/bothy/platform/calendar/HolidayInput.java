package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A holiday calendar as somebody typed it: all text, nothing trusted.
///
/// @param name what people call it
/// @param days a line each: the day and its name, `2026-12-25 Christmas Day`. Empty lines, and
///   those that begin with `#`, say nothing
public record HolidayInput(String name, String days) {
  /// The fields by the names that problems carry and forms use.
  public static final String NAME = "name";

  public static final String DAYS = "days";

  /// The longest name of a calendar and of a day, in characters.
  public static final int LONGEST_NAME = 80;

  /// A calendar has at most this many days: thirty years of a generous country.
  public static final int MOST_DAYS = 1000;

  /// Of wrong lines, so many are named; the others would be no help.
  private static final int NAMED = 5;

  private static final int EARLIEST_YEAR = 1970;
  private static final int LATEST_YEAR = 2199;
  private static final String A_LINE = "lines such as \"2026-12-25 Christmas Day\"";

  /// What reading came to.
  sealed interface Reading {
    /// Every field is well-formed; whether the name is free is asked when the calendar is kept.
    record Good(String name, SortedMap<LocalDate, String> days) implements Reading {}

    /// What is wrong, one problem for each field that is.
    record Wrong(List<Problem> problems) implements Reading {}
  }

  Reading read() {
    List<Problem> problems = new ArrayList<>();
    String readName = name(NAME, name, problems);
    SortedMap<LocalDate, String> readDays = readDays(problems);
    return readName == null || !problems.isEmpty()
        ? new Reading.Wrong(problems)
        : new Reading.Good(readName, readDays);
  }

  /// These days as they would be typed.
  public static String lines(SortedMap<LocalDate, String> days) {
    StringBuilder lines = new StringBuilder();
    days.forEach((day, name) -> lines.append(day).append(' ').append(name).append('\n'));
    return lines.toString();
  }

  private SortedMap<LocalDate, String> readDays(List<Problem> problems) {
    SortedMap<LocalDate, String> read = new TreeMap<>();
    Map<LocalDate, Integer> at = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    int number = 0;
    for (String line : days.split("\\R", -1)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int end = 0;
      while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
        end++;
      }
      Optional<LocalDate> day = AbsenceInput.day(stripped.substring(0, end));
      String called = stripped.substring(end).strip();
      if (day.isEmpty()) {
        wrong.add("line " + number + " begins with no day");
      } else if (day.get().getYear() < EARLIEST_YEAR || day.get().getYear() > LATEST_YEAR) {
        wrong.add(
            "line %d has a day outside of %d to %d".formatted(number, EARLIEST_YEAR, LATEST_YEAR));
      } else if (called.isEmpty()) {
        wrong.add("line " + number + " has no name after the day");
      } else if (!fits(called)) {
        wrong.add("line %d has a name of more than %d characters".formatted(number, LONGEST_NAME));
      } else if (at.containsKey(day.get())) {
        wrong.add("line %d has the day of line %d once more".formatted(number, at.get(day.get())));
      } else {
        at.put(day.get(), number);
        read.put(day.get(), called);
      }
    }
    if (!wrong.isEmpty()) {
      String more = wrong.size() > NAMED ? ", and " + (wrong.size() - NAMED) + " more" : "";
      problems.add(
          AbsenceInput.wrong(
              DAYS,
              "Days: "
                  + String.join(", ", wrong.subList(0, Math.min(NAMED, wrong.size())))
                  + more
                  + ". Allowed: "
                  + A_LINE));
    } else if (read.size() > MOST_DAYS) {
      problems.add(tooMany(read.size()));
    }
    return read;
  }

  static Problem tooMany(int days) {
    return AbsenceInput.wrong(
        DAYS, "Days: there are %,d. Allowed: at most %,d".formatted(days, MOST_DAYS));
  }

  private static @Nullable String name(String field, String typed, List<Problem> problems) {
    String stripped = typed.strip();
    if (!stripped.isEmpty() && fits(stripped)) {
      return stripped;
    }
    problems.add(
        AbsenceInput.wrong(
            field,
            "Name: "
                + (stripped.isEmpty() ? "nothing was typed" : "it is too long, or not on one line")
                + ". Allowed: 1 to "
                + LONGEST_NAME
                + " characters on one line"));
    return null;
  }

  private static boolean fits(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_NAME
        && text.codePoints().noneMatch(Character::isISOControl);
  }
}
