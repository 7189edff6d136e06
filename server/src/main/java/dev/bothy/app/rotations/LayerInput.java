package dev.bothy.app.rotations;

import static dev.bothy.app.rotations.RotationInput.typed;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HourBlock;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.kernel.Problem;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A layer as somebody typed it: all text, nothing trusted.
///
/// @param role at most 40 characters; `Primary` if empty
/// @param cadence `daily`, `weekly` or `custom`
/// @param days names of days, read when weekly; with custom weeks the first one is the day
/// @param every how many of `unit` make a turn, read when custom
/// @param unit `hours`, `days`, `weeks` or `months`, read when custom
/// @param time the wall-clock time of the hand-off, `HH:MM`
/// @param timeZone a name of the tz database
/// @param activeDays names of days; every day if empty
/// @param hours lines as [HourLines] reads them; all hours if empty
/// @param holidays the id of a holiday calendar; none if empty
/// @param order `queue` or `balanced`; `queue` if empty
/// @param absences `ask`, `skip` or `ignore`; `skip` if empty
/// @param people who takes turns, in order
public record LayerInput(
    String role,
    String cadence,
    List<String> days,
    String every,
    String unit,
    String time,
    String timeZone,
    List<String> activeDays,
    String hours,
    String holidays,
    String order,
    String absences,
    List<Seat> people) {
  private static final int LONGEST_ROLE = 40;
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

  public LayerInput {
    days = List.copyOf(days);
    activeDays = List.copyOf(activeDays);
    people = List.copyOf(people);
  }

  /// Somebody in the order.
  ///
  /// @param account a reference that the caller resolves; empty for a place that is kept empty
  /// @param joinsOn the first day on which a turn of theirs may begin, `YYYY-MM-DD`; empty for none
  /// @param leavesOn the first day on which none may any more; empty for none
  public record Seat(String account, String joinsOn, String leavesOn) {
    /// One without bounds.
    public static Seat of(String account) {
      return new Seat(account, "", "");
    }
  }

  /// The accounts that are named, in order.
  public List<String> accounts() {
    return people.stream().map(Seat::account).filter(each -> !each.isEmpty()).toList();
  }

  /// The same with other accounts for these, one for each of [#accounts].
  LayerInput withAccounts(List<String> others) {
    List<Seat> seats = new ArrayList<>();
    int next = 0;
    for (Seat seat : people) {
      seats.add(
          seat.account().isEmpty()
              ? seat
              : new Seat(others.get(next++), seat.joinsOn(), seat.leavesOn()));
    }
    return new LayerInput(
        role,
        cadence,
        days,
        every,
        unit,
        time,
        timeZone,
        activeDays,
        hours,
        holidays,
        order,
        absences,
        seats);
  }

  /// Reads it; what is wrong goes to the problems, one for each field.
  ///
  /// @param prefix before the names of fields in problems
  Optional<LayerSettings> read(String prefix, List<Problem> problems) {
    List<Problem> own = new ArrayList<>();
    Optional<Cadence> readCadence = readCadence(own);
    Optional<LocalTime> readTime = readTime(own);
    Optional<ZoneId> readZone = readZone(own);
    Optional<Set<DayOfWeek>> readActive = readActiveDays(own);
    Optional<List<HourBlock>> readHours = HourLines.read(hours);
    if (readHours.isEmpty()) {
      own.add(wrong(RotationInput.HOURS, "Hours", typed(hours), HourLines.ALLOWED));
    }
    Optional<Order> readOrder = choice(Order.values(), order);
    if (readOrder.isEmpty()) {
      own.add(wrong(RotationInput.ORDER, "Order", typed(order), "queue or balanced"));
    }
    Optional<AbsenceMode> readAbsences =
        absences.isBlank() ? Optional.of(AbsenceMode.SKIP) : choice(AbsenceMode.values(), absences);
    if (readAbsences.isEmpty()) {
      own.add(wrong(RotationInput.ABSENCES, "Absences", typed(absences), "ask, skip or ignore"));
    }
    checkRole(own);
    List<Roster.Place> places = readPeople(readOrder.orElse(Order.QUEUE), own);
    @Nullable UUID calendar = readHolidays(own);
    problems.addAll(own.stream().map(problem -> RotationInput.prefixed(prefix, problem)).toList());
    if (!own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LayerSettings(
            role.isBlank() ? Layer.PRIMARY : role.strip(),
            readCadence.orElseThrow(),
            Optional.ofNullable(firstDay()),
            readTime.orElseThrow(),
            readZone.orElseThrow(),
            new Activity(readActive.orElseThrow(), readHours.orElseThrow(), Set.of()),
            calendar,
            readOrder.orElseThrow(),
            readAbsences.orElseThrow(),
            new Roster(places)));
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
                RotationInput.CADENCE,
                "Cadence",
                typed(cadence),
                "daily, weekly with days, or every so many hours, days, weeks or months"));
        return Optional.empty();
    }
  }

  private Optional<Cadence> readWeekly(List<Problem> problems) {
    Set<DayOfWeek> read = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days) {
      Optional<DayOfWeek> known = WeekDays.find(day);
      if (known.isEmpty()) {
        problems.add(wrong(RotationInput.DAYS, "Days", typed(day), WeekDays.ALLOWED));
        return Optional.empty();
      }
      read.add(known.get());
    }
    if (read.isEmpty()) {
      problems.add(
          wrong(
              RotationInput.DAYS,
              "Days",
              "no day was chosen",
              "at least one of " + WeekDays.ALLOWED));
      return Optional.empty();
    }
    return Optional.of(new Cadence.Weekly(read));
  }

  private Optional<Cadence> readCustom(List<Problem> problems) {
    Optional<Cadence.Unit> readUnit = readUnit();
    if (readUnit.isEmpty()) {
      problems.add(wrong(RotationInput.UNIT, "Unit", typed(unit), "hours, days, weeks or months"));
      return Optional.empty();
    }
    int most = readUnit.get().most();
    String number = every.strip();
    int count = NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0;
    if (count < 1 || count > most) {
      String allowed = "a whole number from 1 to " + most + " " + readUnit.get().plural();
      problems.add(wrong(RotationInput.EVERY, "Every", typed(every), allowed));
      return Optional.empty();
    }
    for (String day : days) {
      if (WeekDays.find(day).isEmpty()) {
        problems.add(wrong(RotationInput.DAYS, "Days", typed(day), WeekDays.ALLOWED));
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
      case "month", "months" -> Optional.of(Cadence.Unit.MONTHS);
      default -> Optional.empty();
    };
  }

  private Optional<LocalTime> readTime(List<Problem> problems) {
    String stripped = time.strip();
    if (TIME_OF_DAY.matcher(stripped).matches()) {
      return Optional.of(LocalTime.parse(stripped.length() == 4 ? "0" + stripped : stripped));
    }
    problems.add(
        wrong(RotationInput.TIME, "Hand-off time", typed(time), "HH:MM from 00:00 to 23:59"));
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
      problems.add(wrong(RotationInput.TIME_ZONE, "Time zone", typed(timeZone), allowed));
    }
    return found;
  }

  /// The day that turns of whole weeks begin on; with days or hours a day would contradict them.
  private @Nullable DayOfWeek firstDay() {
    boolean weeks = readUnit().filter(read -> read == Cadence.Unit.WEEKS).isPresent();
    return weeks && cadence.strip().equalsIgnoreCase("custom")
        ? days.stream().flatMap(day -> WeekDays.find(day).stream()).findFirst().orElse(null)
        : null;
  }

  private Optional<Set<DayOfWeek>> readActiveDays(List<Problem> problems) {
    if (activeDays.isEmpty()) {
      return Optional.of(EnumSet.allOf(DayOfWeek.class));
    }
    Set<DayOfWeek> read = EnumSet.noneOf(DayOfWeek.class);
    for (String each : activeDays) {
      Optional<Set<DayOfWeek>> known = WeekDays.set(each);
      if (known.isEmpty()) {
        problems.add(
            wrong(RotationInput.ACTIVE_DAYS, "Active days", typed(each), WeekDays.ALLOWED));
        return Optional.empty();
      }
      read.addAll(known.get());
    }
    return Optional.of(read);
  }

  private void checkRole(List<Problem> problems) {
    String stripped = role.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length > LONGEST_ROLE || stripped.codePoints().anyMatch(Character::isISOControl)) {
      problems.add(
          wrong(
              RotationInput.ROLE,
              "Role",
              typed(role),
              "1 to " + LONGEST_ROLE + " characters on one line"));
    }
  }

  private @Nullable UUID readHolidays(List<Problem> problems) {
    if (holidays.isBlank()) {
      return null;
    }
    try {
      return UUID.fromString(holidays.strip());
    } catch (IllegalArgumentException _) {
      problems.add(
          wrong(
              RotationInput.HOLIDAYS,
              "Holidays",
              typed(holidays),
              "one of the workspace's holiday calendars, or none"));
      return null;
    }
  }

  private List<Roster.Place> readPeople(Order read, List<Problem> problems) {
    List<Roster.Place> places = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    boolean empty = false;
    for (Seat seat : people) {
      if (seen.contains(seat.account())) {
        continue;
      }
      LocalDate joins = day(seat.joinsOn(), seat, problems);
      LocalDate leaves = day(seat.leavesOn(), seat, problems);
      if (joins != null && leaves != null && !joins.isBefore(leaves)) {
        problems.add(
            wrong(
                RotationInput.PEOPLE,
                "People",
                seat.account() + " would leave on " + leaves + " and join on " + joins,
                "to leave after joining"));
      }
      if (seat.account().isEmpty()) {
        empty = true;
        places.add(new Roster.Place(places.size(), null, joins, leaves));
      } else {
        seen.add(seat.account());
        places.add(new Roster.Place(places.size(), new Participant(seat.account()), joins, leaves));
      }
    }
    // A place that is kept empty is a choice, too: single shifts stand on top of it.
    if (places.isEmpty() || places.size() > Roster.MOST_PEOPLE) {
      String found = places.isEmpty() ? "nobody was chosen" : places.size() + " were chosen";
      problems.add(
          wrong(
              RotationInput.PEOPLE,
              "People",
              found,
              "1 to " + Roster.MOST_PEOPLE + " people of this workspace"));
      return List.of();
    }
    if (empty && read == Order.BALANCED) {
      problems.add(
          wrong(
              RotationInput.PEOPLE,
              "People",
              "a place is empty and the order is balanced",
              "empty places in the order queue"));
    }
    return places;
  }

  private @Nullable LocalDate day(String typed, Seat seat, List<Problem> problems) {
    if (typed.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(typed.strip());
    } catch (DateTimeParseException _) {
      problems.add(
          wrong(
              RotationInput.PEOPLE,
              "People",
              "of "
                  + (seat.account().isEmpty() ? "an empty place" : seat.account())
                  + ", "
                  + typed(typed),
              "days such as 2026-12-24"));
      return null;
    }
  }

  private static <E extends Enum<E>> Optional<E> choice(E[] values, String typed) {
    String wanted = typed.strip();
    return wanted.isEmpty()
        ? Optional.of(values[0])
        : Arrays.stream(values).filter(value -> value.name().equalsIgnoreCase(wanted)).findFirst();
  }

  private static Problem wrong(String field, String label, String found, String allowed) {
    return RotationInput.wrong(field, label, found, allowed);
  }
}
