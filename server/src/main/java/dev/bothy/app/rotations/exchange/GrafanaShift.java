package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Cadence;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One on-call shift of Grafana OnCall: a single event, one that recurs for the same people, or one
/// that rolls over lists of them.
///
/// An event begins every `interval` hours, days, weeks or months and lasts `duration`; weeks begin
/// on `week_start`. With `rolling_users` each event is the next list's, and with days of the week
/// and a daily frequency only on these days. People of one list are on duty together: each becomes
/// a layer.
final class GrafanaShift {
  private static final String INSTEAD =
      "add a layer by hand, or import the schedule's final shifts as single shifts";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Fields shift;
  private final String place;
  private final Map<String, ImportedPerson> people;
  private final Report report;
  private final String type;
  private final ZoneId zone;
  private final LocalDateTime start;
  private final Duration duration;

  GrafanaShift(
      Fields shift,
      ZoneId scheduleZone,
      String place,
      Map<String, ImportedPerson> people,
      Report report)
      throws Unreadable {
    this.shift = shift;
    this.place = place;
    this.people = people;
    this.report = report;
    this.type = shift.text("type", "");
    ZoneId own = shift.zone("time_zone");
    this.zone = own == null ? scheduleZone : own;
    LocalDateTime begins = shift.wallClock("start");
    if (begins == null) {
      throw new Unreadable("`start` is missing");
    }
    this.start = begins;
    this.duration = Duration.ofMinutes(shift.number("duration") / 60);
    if (!duration.isPositive() || duration.toDays() > 366) {
      throw new Unreadable("`duration` is not between a minute and a year");
    }
  }

  int level() throws Unreadable {
    return shift.has("level") ? (int) Math.clamp(shift.number("level"), -1000, 1000) : 0;
  }

  boolean isOverride() {
    return type.equals("override");
  }

  /// The shifts of a single event or an override; else none.
  List<ImportedShift> single() throws Unreadable {
    if (recurs()) {
      return List.of();
    }
    Instant begins = Turns.instant(start, zone);
    // The source adds the length to the wall clock, as it does to all times.
    Instant ends = Turns.instant(start.plus(duration), zone);
    if (!begins.isBefore(ends)) {
      return List.of();
    }
    List<ImportedShift> shifts = new ArrayList<>();
    for (String id : users()) {
      shifts.add(new ImportedShift(NamedShift.USUAL_ROLE, person(id), begins, ends));
    }
    return shifts;
  }

  /// One layer for each person who is on duty at once; none for a single event.
  List<LayerDraft> drafts() throws Unreadable {
    if (!recurs()) {
      return List.of();
    }
    for (String rule : List.of("by_month", "by_monthday")) {
      if (shift.texts(rule) != null) {
        throw new Unreadable("it uses `" + rule + "`, which has no match here: " + INSTEAD);
      }
    }
    int interval = shift.count("interval", 1);
    return switch (shift.text("frequency", "")) {
      case "hourly" -> drafts(interval, Cadence.Unit.HOURS, Duration.ofHours(1));
      case "daily" -> drafts(interval, Cadence.Unit.DAYS, DAY);
      case "weekly" -> drafts(interval, Cadence.Unit.WEEKS, WEEK);
      case "monthly" -> drafts(interval, Cadence.Unit.MONTHS, Duration.ofDays(28));
      default -> throw new Unreadable("its frequency is none of hourly, daily, weekly and monthly");
    };
  }

  private boolean recurs() {
    return shift.has("frequency") && !type.equals("single_event") && !type.equals("override");
  }

  private List<LayerDraft> drafts(int interval, Cadence.Unit unit, Duration one) throws Unreadable {
    Set<DayOfWeek> days = days();
    boolean whole = duration.compareTo(one.multipliedBy(interval)) >= 0 && days.isEmpty();
    boolean months = unit == Cadence.Unit.MONTHS;
    if (months && (!whole || !days.isEmpty())) {
      throw new Unreadable("it does not last all month, which has no match here: " + INSTEAD);
    }
    if (!whole && interval > 1 && duration.compareTo(one) > 0) {
      throw new Unreadable(
          "it lasts longer than one of its units, but not until the next turn: " + INSTEAD);
    }
    if (unit == Cadence.Unit.DAYS && interval > 1 && !days.isEmpty()) {
      // With days of the week each list has so many of these days in a row.
      throw new Unreadable(
          "each has " + interval + " of its days in a row, which has no match here: " + INSTEAD);
    }
    if (!whole && unit == Cadence.Unit.HOURS && (interval > 1 || days.isEmpty())) {
      throw new Unreadable("its hours are not all of a turn, which has no match here: " + INSTEAD);
    }
    if (months || whole && duration.compareTo(one.multipliedBy(interval)) > 0) {
      report.add(
          place,
          "Each shift lasts exactly until the next.",
          "In Grafana it has a length of its own, so that two may overlap or leave a gap.");
    }
    // One that fills its turns is a turn of so many units. Any other is on duty in the first of
    // them only, and the rest are empty places.
    int every = whole ? interval : 1;
    if (every > unit.most()) {
      throw new Unreadable("its turns are longer than a year");
    }
    List<List<String>> lists = lists();
    LocalDateTime first = whole || days.isEmpty() ? start : firstOfWeek(unit, days);
    List<LayerDraft> drafts = new ArrayList<>();
    int most = Limits.together(lists.stream().mapToInt(List::size).max().orElse(0));
    for (int column = 0; column < most; column++) {
      drafts.add(
          new LayerDraft(
              shift.text("name", ""),
              new Turns(first, every, unit, zone),
              whole ? WeekHours.always() : hours(unit, days),
              Limits.people(order(lists, column, whole ? 1 : interval)),
              unit == Cadence.Unit.WEEKS
                  ? LayerDraft.Counts.EVERY_TURN
                  : LayerDraft.Counts.ACTIVE_TURNS,
              begins(),
              until()));
    }
    return drafts;
  }

  /// Weeks hand over on the first of their days, so that a shift that begins on the last evening
  /// and ends in the next week stays whole.
  private LocalDateTime firstOfWeek(Cadence.Unit unit, Set<DayOfWeek> days) throws Unreadable {
    if (unit != Cadence.Unit.WEEKS) {
      return unit == Cadence.Unit.HOURS ? start.withMinute(0) : start;
    }
    DayOfWeek weekStart = Fields.day(shift.text("week_start", "SU"));
    LocalDateTime day = start.with(TemporalAdjusters.previousOrSame(weekStart));
    while (!days.contains(day.getDayOfWeek())) {
      day = day.plusDays(1);
    }
    return day;
  }

  private WeekHours hours(Cadence.Unit unit, Set<DayOfWeek> days) {
    WeekHours hours = new WeekHours();
    Set<DayOfWeek> begins = days;
    if (days.isEmpty()) {
      begins =
          unit == Cadence.Unit.WEEKS
              ? EnumSet.of(start.getDayOfWeek())
              : EnumSet.allOf(DayOfWeek.class);
    }
    for (DayOfWeek day : begins) {
      if (unit == Cadence.Unit.HOURS) {
        hours.add(day, LocalTime.MIDNIGHT, DAY.toMinutes());
      } else {
        hours.add(day, start.toLocalTime(), duration.toMinutes());
      }
    }
    return hours;
  }

  private List<ImportedPerson> order(List<List<String>> lists, int column, int interval)
      throws Unreadable {
    List<ImportedPerson> order = new ArrayList<>();
    for (List<String> list : lists) {
      order.add(column < list.size() ? person(list.get(column)) : ImportedPerson.NOBODY);
      order.addAll(Collections.nCopies(Math.min(interval - 1, 100), ImportedPerson.NOBODY));
    }
    return order;
  }

  private List<List<String>> lists() throws Unreadable {
    if (!type.equals("rolling_users")) {
      return List.of(users());
    }
    List<List<String>> lists = new ArrayList<>();
    shift
        .node()
        .path("rolling_users")
        .forEach(list -> {
          List<String> ids = new ArrayList<>();
          list.forEach(id -> ids.add(id.asString("")));
          lists.add(ids);
        });
    if (lists.isEmpty()) {
      throw new Unreadable("nobody is in it");
    }
    if (shift.has("start_rotation_from_user_index")) {
      long first = shift.number("start_rotation_from_user_index");
      Collections.rotate(lists, -Math.floorMod(first, lists.size()));
    }
    return lists;
  }

  private List<String> users() throws Unreadable {
    List<String> users = shift.texts("users");
    if (users == null) {
      throw new Unreadable("nobody is in it");
    }
    return Limits.people(users);
  }

  private Set<DayOfWeek> days() throws Unreadable {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<String> written = shift.texts("by_day");
    for (String day : written == null ? List.<String>of() : written) {
      days.add(Fields.day(day));
    }
    return days;
  }

  private Instant begins() throws Unreadable {
    LocalDateTime rotation = shift.wallClock("rotation_start");
    return Turns.instant(rotation == null || rotation.isBefore(start) ? start : rotation, zone);
  }

  /// In UTC, unlike all other times.
  private @Nullable Instant until() throws Unreadable {
    LocalDateTime until = shift.wallClock("until");
    return until == null ? null : until.toInstant(ZoneOffset.UTC);
  }

  private ImportedPerson person(String id) throws Unreadable {
    ImportedPerson known = people.get(id);
    if (known != null) {
      return known;
    }
    if (id.isBlank() || id.length() > 200) {
      throw new Unreadable("somebody in it has no id");
    }
    if (!id.contains("@")) {
      report.add(
          place,
          "Somebody is known by an id alone.",
          "Put the answer of /users/ into the same file to have names and addresses.");
    }
    return new ImportedPerson(id, id.contains("@") ? id : null);
  }
}
