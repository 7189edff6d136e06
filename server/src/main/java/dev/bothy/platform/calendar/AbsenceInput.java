package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The times of an absence as somebody typed them, in chat, in the browser or in a program: all
/// text, nothing trusted. [#read] turns them into [AbsenceTimes] or says, field by field, what is
/// wrong and what is allowed.
///
/// @param from the first day, `2026-12-24`; or an instant, `2026-12-24T13:00:00+01:00`
/// @param to the last day, empty for the first one; or an instant, excluded, if `from` is one
/// @param fromTime when it begins on the first day, `HH:MM`; empty for the beginning of that day
/// @param toTime when it ends on the last day, excluded; empty for the end of that day. With
///   neither these are whole days
/// @param timeZone a name of the tz database; empty for the person's own
public record AbsenceInput(
    String from, String to, String fromTime, String toTime, String timeZone) {
  /// The fields by the names that problems carry and forms use.
  public static final String FROM = AbsenceRules.FROM;

  public static final String TO = AbsenceRules.TO;
  public static final String FROM_TIME = "from-time";
  public static final String TO_TIME = "to-time";
  public static final String TIME_ZONE = "time-zone";

  /// Whose absence it is; problems of it come from [Absences].
  public static final String PERSON = AbsenceRules.PERSON;

  private static final String A_DAY = "a day such as 2026-12-24";
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

  /// What reading came to.
  public sealed interface Reading {
    /// Every field is well-formed; whether the times may be is asked by [Absences].
    record Times(AbsenceTimes times) implements Reading {}

    /// What is wrong, one problem for each field that is.
    record Wrong(List<Problem> problems) implements Reading {}
  }

  /// @param own the person's zone, for when none was typed
  public Reading read(ZoneId own) {
    List<Problem> problems = new ArrayList<>();
    ZoneId zone = readZone(own, problems);
    if (from.contains("T") || to.contains("T")) {
      return readInstants(zone, problems);
    }
    LocalDate first = readDay(FROM, "First day", from, problems);
    LocalDate last = to.isBlank() ? first : readDay(TO, "Last day", to, problems);
    LocalTime start = readTime(FROM_TIME, "From", fromTime, problems);
    LocalTime end = readTime(TO_TIME, "Until", toTime, problems);
    if (first == null || last == null || !problems.isEmpty()) {
      return new Reading.Wrong(problems);
    }
    if (last.isBefore(first)) {
      problems.add(
          wrong(
              TO,
              "Last day: %s is before the first day, %s. Allowed: the first day or one after it"
                  .formatted(last, first)));
      return new Reading.Wrong(problems);
    }
    if (start == null && end == null) {
      return new Reading.Times(AbsenceTimes.ofDays(first, last, zone));
    }
    AbsenceTimes times =
        AbsenceTimes.ofHours(
            first.atTime(start == null ? LocalTime.MIDNIGHT : start),
            end == null || end.equals(LocalTime.MIDNIGHT)
                ? last.plusDays(1).atStartOfDay()
                : last.atTime(end),
            zone);
    if (!times.from().isBefore(times.to())) {
      problems.add(
          wrong(
              end == null ? FROM_TIME : TO_TIME,
              "Until: it ends at %s on %s, which is not after it begins. Allowed: a time after that"
                  .formatted(end, last)));
      return new Reading.Wrong(problems);
    }
    return new Reading.Times(times);
  }

  private Reading readInstants(ZoneId zone, List<Problem> problems) {
    OffsetDateTime start = readInstant(FROM, "From", from, problems);
    OffsetDateTime end = readInstant(TO, "To", to, problems);
    for (String field : List.of(FROM_TIME, TO_TIME)) {
      if (!(field.equals(FROM_TIME) ? fromTime : toTime).isBlank()) {
        problems.add(
            wrong(
                field,
                field + ": from and to are instants already. Allowed: nothing, or days and times"));
      }
    }
    return start == null || end == null || !problems.isEmpty()
        ? new Reading.Wrong(problems)
        : new Reading.Times(new AbsenceTimes(start.toInstant(), end.toInstant(), false, zone));
  }

  private static @Nullable OffsetDateTime readInstant(
      String field, String label, String typed, List<Problem> problems) {
    try {
      OffsetDateTime read = OffsetDateTime.parse(typed.strip());
      // Further away no database column reaches, and no calendar.
      if (Math.abs(read.getYear()) <= 9999) {
        return read.withOffsetSameInstant(ZoneOffset.UTC);
      }
    } catch (DateTimeException _) {
      // said below
    }
    problems.add(
        wrong(
            field,
            label
                + ": "
                + typed(typed)
                + ". Allowed: both days, or both instants such as 2026-12-24T13:00:00+01:00"));
    return null;
  }

  private static @Nullable LocalDate readDay(
      String field, String label, String typed, List<Problem> problems) {
    Optional<LocalDate> read = day(typed);
    if (read.isEmpty()) {
      problems.add(wrong(field, label + ": " + typed(typed) + ". Allowed: " + A_DAY));
    }
    return read.orElse(null);
  }

  /// The day that was typed, with or without leading zeros; empty if it is none.
  static Optional<LocalDate> day(String typed) {
    String stripped = typed.strip();
    if (!DAY.matcher(stripped).matches()) {
      return Optional.empty();
    }
    String[] parts = stripped.split("-", -1);
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static @Nullable LocalTime readTime(
      String field, String label, String typed, List<Problem> problems) {
    String stripped = typed.strip();
    if (stripped.isEmpty()) {
      return null;
    }
    if (!TIME_OF_DAY.matcher(stripped).matches()) {
      problems.add(
          wrong(
              field,
              label + ": " + typed(typed) + ". Allowed: HH:MM from 00:00 to 23:59, or nothing"));
      return null;
    }
    return LocalTime.parse(stripped.length() == 4 ? "0" + stripped : stripped);
  }

  private ZoneId readZone(ZoneId own, List<Problem> problems) {
    String stripped = timeZone.strip();
    if (stripped.isEmpty()) {
      return own;
    }
    Optional<String> known =
        ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/") || zone.equals("UTC"))
            .filter(zone -> zone.equalsIgnoreCase(stripped.replace(' ', '_')))
            .findFirst();
    if (known.isEmpty()) {
      problems.add(
          wrong(
              TIME_ZONE,
              "Time zone: "
                  + typed(timeZone)
                  + ". Allowed: a name such as Europe/Berlin, America/New_York or UTC; nothing for"
                  + " the person's own"));
    }
    return known.map(ZoneId::of).orElse(own);
  }

  static Problem wrong(String field, String message) {
    return Problem.ofField("calendar." + field, field, message);
  }

  /// What was typed, short enough to repeat.
  static String typed(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return "nothing was typed";
    }
    int shown =
        stripped.offsetByCodePoints(0, Math.min(60, stripped.codePointCount(0, stripped.length())));
    return "\""
        + stripped.substring(0, shown)
        + (shown < stripped.length() ? "…" : "")
        + "\" is"
        + " not allowed";
  }
}
