package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.platform.kernel.Problem;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A rotation as somebody typed it, whether on one line, in a chat form or in the browser: all
/// text, nothing trusted. [#read] turns it into a [RotationPlan] or says, field by field, what is
/// wrong and what is allowed.
///
/// @param cadence `daily`, `weekly` or `custom`
/// @param days names of days, read when weekly; with custom weeks the first one is the day
/// @param every how many of `unit` make a turn, read when custom
/// @param unit `hours`, `days` or `weeks`, read when custom
/// @param time the wall-clock time of the hand-off, `HH:MM`
/// @param timeZone a name of the tz database
/// @param people who takes turns, in order: references that the caller resolves
public record RotationInput(
    String name,
    String cadence,
    List<String> days,
    String every,
    String unit,
    String time,
    String timeZone,
    List<String> people) {
  /// The fields by the names that problems carry and forms use.
  public static final String NAME = "name";

  public static final String CADENCE = "cadence";
  public static final String DAYS = "days";
  public static final String EVERY = "every";
  public static final String UNIT = "unit";
  public static final String TIME = "time";
  public static final String TIME_ZONE = "time-zone";
  public static final String PEOPLE = "people";

  /// The longest name, in characters.
  public static final int LONGEST_NAME = 80;

  private static final Pattern TIME_OF_DAY = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

  public RotationInput {
    days = List.copyOf(days);
    people = List.copyOf(people);
  }

  /// The same with these people.
  RotationInput withPeople(List<String> others) {
    return new RotationInput(name, cadence, days, every, unit, time, timeZone, others);
  }

  /// What is wrong with the fields themselves, one problem for each field; empty when nothing is.
  /// Whether the name is free and the people are there is asked when the rotation is made.
  public List<Problem> problems() {
    return switch (read()) {
      case Reading.Plan _ -> List.of();
      case Reading.Wrong(List<Problem> problems) -> problems;
    };
  }

  /// What reading came to.
  sealed interface Reading {
    /// Every field is well-formed; the people are yet to be resolved.
    record Plan(RotationPlan plan) implements Reading {}

    /// What is wrong, one problem for each field that is.
    record Wrong(List<Problem> problems) implements Reading {}
  }

  Reading read() {
    List<Problem> problems = new ArrayList<>();
    Optional<String> readName = readName(problems);
    Optional<Cadence> readCadence = readCadence(problems);
    Optional<LocalTime> readTime = readTime(problems);
    Optional<ZoneId> readZone = readZone(problems);
    checkPeople(problems);
    if (!problems.isEmpty()) {
      return new Reading.Wrong(problems);
    }
    return new Reading.Plan(
        new RotationPlan(
            readName.orElseThrow(),
            readCadence.orElseThrow(),
            firstDay(),
            readTime.orElseThrow(),
            readZone.orElseThrow()));
  }

  private Optional<String> readName(List<Problem> problems) {
    String stripped = name.strip();
    int length = stripped.codePointCount(0, stripped.length());
    boolean printable = stripped.codePoints().noneMatch(Character::isISOControl);
    if (length >= 1 && length <= LONGEST_NAME && printable) {
      return Optional.of(stripped);
    }
    String found = length > LONGEST_NAME ? "it has " + length + " characters" : typed(name);
    problems.add(wrong(NAME, "Name", found, "1 to " + LONGEST_NAME + " characters on one line"));
    return Optional.empty();
  }

  private Optional<Cadence> readCadence(List<Problem> problems) {
    switch (cadence.strip().toLowerCase(Locale.ROOT)) {
      case "daily":
        return Optional.of(new Cadence.Daily());
      case "weekly":
        return readWeekly(problems);
      case "custom":
        return readCustom(problems);
      default:
        problems.add(
            wrong(
                CADENCE,
                "Cadence",
                typed(cadence),
                "daily, weekly with days, or every so many hours, days or weeks"));
        return Optional.empty();
    }
  }

  private Optional<Cadence> readWeekly(List<Problem> problems) {
    Set<DayOfWeek> read = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days) {
      Optional<DayOfWeek> known = WeekDays.find(day);
      if (known.isEmpty()) {
        problems.add(wrong(DAYS, "Days", typed(day), WeekDays.ALLOWED));
        return Optional.empty();
      }
      read.add(known.get());
    }
    if (read.isEmpty()) {
      problems.add(wrong(DAYS, "Days", "no day was chosen", "at least one of " + WeekDays.ALLOWED));
      return Optional.empty();
    }
    return Optional.of(new Cadence.Weekly(read));
  }

  private Optional<Cadence> readCustom(List<Problem> problems) {
    Optional<Cadence.Unit> readUnit = readUnit();
    if (readUnit.isEmpty()) {
      problems.add(wrong(UNIT, "Unit", typed(unit), "hours, days or weeks"));
      return Optional.empty();
    }
    int most = readUnit.get().most();
    String number = every.strip();
    int count = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0;
    if (count < 1 || count > most) {
      String allowed = "a whole number from 1 to " + most + " " + readUnit.get().plural();
      problems.add(wrong(EVERY, "Every", typed(every), allowed));
      return Optional.empty();
    }
    for (String day : days) {
      if (WeekDays.find(day).isEmpty()) {
        problems.add(wrong(DAYS, "Days", typed(day), WeekDays.ALLOWED));
        return Optional.empty();
      }
    }
    return Optional.of(new Cadence.Custom(count, readUnit.get()));
  }

  private Optional<Cadence.Unit> readUnit() {
    return switch (unit.strip().toLowerCase(Locale.ROOT)) {
      case "h", "hour", "hours" -> Optional.of(Cadence.Unit.HOURS);
      case "d", "day", "days" -> Optional.of(Cadence.Unit.DAYS);
      case "w", "week", "weeks" -> Optional.of(Cadence.Unit.WEEKS);
      default -> Optional.empty();
    };
  }

  /// The day that turns of whole weeks begin on; with days or hours a day would contradict them.
  private Optional<DayOfWeek> firstDay() {
    boolean weeks = readUnit().filter(read -> read == Cadence.Unit.WEEKS).isPresent();
    return weeks && cadence.strip().equalsIgnoreCase("custom")
        ? days.stream().flatMap(day -> WeekDays.find(day).stream()).findFirst()
        : Optional.empty();
  }

  private Optional<LocalTime> readTime(List<Problem> problems) {
    String stripped = time.strip();
    if (TIME_OF_DAY.matcher(stripped).matches()) {
      return Optional.of(LocalTime.parse(stripped.length() == 4 ? "0" + stripped : stripped));
    }
    problems.add(wrong(TIME, "Hand-off time", typed(time), "HH:MM from 00:00 to 23:59"));
    return Optional.empty();
  }

  private Optional<ZoneId> readZone(List<Problem> problems) {
    Optional<ZoneId> found = TimeZones.find(timeZone);
    if (found.isEmpty()) {
      List<String> nearest = TimeZones.nearest(timeZone);
      String allowed =
          nearest.isEmpty()
              ? "a name such as Europe/Berlin, America/New_York or UTC"
              : "a name such as Europe/Berlin. Did you mean "
                  + nearest.stream().collect(Collectors.joining(", "))
                  + "?";
      problems.add(wrong(TIME_ZONE, "Time zone", typed(timeZone), allowed));
    }
    return found;
  }

  private void checkPeople(List<Problem> problems) {
    long distinct = people.stream().distinct().count();
    if (distinct < 1 || distinct > Roster.MOST_PEOPLE) {
      String found = distinct == 0 ? "nobody was chosen" : distinct + " were chosen";
      problems.add(
          wrong(
              PEOPLE, "People", found, "1 to " + Roster.MOST_PEOPLE + " people of this workspace"));
    }
  }

  /// A problem that names the field, what was found in it, and what is allowed.
  static Problem wrong(String field, String label, String found, String allowed) {
    return Problem.ofField(
        "rotations." + field, field, label + ": " + found + ". Allowed: " + allowed);
  }

  /// What was typed, short enough to repeat.
  static String typed(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return "nothing was typed";
    }
    int shown =
        stripped.offsetByCodePoints(0, Math.min(60, stripped.codePointCount(0, stripped.length())));
    String ellipsis = shown < stripped.length() ? "…" : "";
    return "\"" + stripped.substring(0, shown) + ellipsis + "\" is not allowed";
  }
}
