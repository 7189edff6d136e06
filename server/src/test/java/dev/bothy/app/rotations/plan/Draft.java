package dev.bothy.app.rotations.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// A plan in the making, so that a test says only what it is about. What it does not say: every
/// day, all hours, in the order of the places, absences skip.
final class Draft {
  static final Participant ADA = new Participant("ada");
  static final Participant GRACE = new Participant("grace");
  static final Participant KATHERINE = new Participant("katherine");
  static final Participant DOROTHY = new Participant("dorothy");
  static final Set<DayOfWeek> WORKING_DAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  static final Set<DayOfWeek> ALL_DAYS = EnumSet.allOf(DayOfWeek.class);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE dd HH:mm", Locale.ENGLISH);

  private Layer layer;
  private final List<Layer> others = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<Participant, List<Span>> away = new HashMap<>();
  private final Set<Participant> gone = new HashSet<>();

  private Draft(HandoffTimes times) {
    layer =
        new Layer(
            UUID.randomUUID(),
            Layer.PRIMARY,
            times,
            Activity.ALWAYS,
            Order.QUEUE,
            AbsenceMode.SKIP,
            Roster.of(List.of(ADA, GRACE, KATHERINE)));
  }

  /// One layer of Ada, Grace and Katherine, unless its people are named.
  static Draft of(HandoffTimes times) {
    return new Draft(times);
  }

  static Draft daily(String at, String zone) {
    return of(
        new HandoffTimes(
            new Cadence.Daily(), LocalDate.of(2011, 1, 1), LocalTime.parse(at), ZoneId.of(zone)));
  }

  static Draft weekly(String at, String zone, DayOfWeek... days) {
    return of(
        new HandoffTimes(
            new Cadence.Weekly(Set.of(days)),
            LocalDate.of(2011, 1, 1),
            LocalTime.parse(at),
            ZoneId.of(zone)));
  }

  /// @param first the wall-clock time of the first hand-off
  static Draft every(int number, Cadence.Unit unit, String first, String zone) {
    LocalDateTime from = LocalDateTime.parse(first);
    return of(
        new HandoffTimes(
            new Cadence.Custom(number, unit),
            from.toLocalDate(),
            from.toLocalTime(),
            ZoneId.of(zone)));
  }

  Draft of(Participant... people) {
    return roster(Roster.of(List.of(people)));
  }

  Draft places(Roster.Place... places) {
    return roster(new Roster(List.of(places)));
  }

  Draft roster(Roster roster) {
    return with(layer.role(), layer.activity(), layer.order(), layer.absences(), roster);
  }

  Draft on(Set<DayOfWeek> days) {
    return active(new Activity(days, layer.activity().hours(), layer.activity().holidays()));
  }

  /// @param from a time of the wall clock such as `09:00`
  Draft hours(Set<DayOfWeek> days, String from, String to) {
    List<HourBlock> hours = new ArrayList<>(layer.activity().hours());
    hours.add(new HourBlock(days, LocalTime.parse(from), LocalTime.parse(to)));
    return active(new Activity(layer.activity().days(), hours, layer.activity().holidays()));
  }

  Draft holidays(String... days) {
    return active(
        layer
            .activity()
            .withHolidays(Set.of(days).stream().map(LocalDate::parse).collect(Collectors.toSet())));
  }

  Draft active(Activity activity) {
    return with(layer.role(), activity, layer.order(), layer.absences(), layer.roster());
  }

  Draft balanced() {
    return with(layer.role(), layer.activity(), Order.BALANCED, layer.absences(), layer.roster());
  }

  Draft absences(AbsenceMode mode) {
    return with(layer.role(), layer.activity(), layer.order(), mode, layer.roster());
  }

  Draft role(String role) {
    return with(role, layer.activity(), layer.order(), layer.absences(), layer.roster());
  }

  private Draft with(
      String role, Activity activity, Order order, AbsenceMode absences, Roster roster) {
    layer = new Layer(layer.id(), role, layer.times(), activity, order, absences, roster);
    return this;
  }

  /// The layer of another draft comes after those of this one.
  Draft then(Draft other) {
    others.add(other.layer);
    others.addAll(other.others);
    return this;
  }

  Draft away(Participant person, String from, String to) {
    away.computeIfAbsent(person, _ -> new ArrayList<>()).add(span(from, to));
    return this;
  }

  Draft gone(Participant person) {
    gone.add(person);
    return this;
  }

  Draft change(Change change) {
    changes.add(change);
    return this;
  }

  /// The plan whose layers stand there already.
  Plan standing(Map<UUID, Cursor> cursors) {
    return new Plan(layers(), cursors, changes, away, gone);
  }

  /// The plan whose layers begin then.
  Plan from(String begin) {
    Map<UUID, Cursor> cursors = new HashMap<>();
    layers().forEach(each -> cursors.put(each.id(), Cursor.before(Instant.parse(begin))));
    return standing(Timeline.begin(standing(cursors)));
  }

  UUID id() {
    return layer.id();
  }

  HandoffTimes times() {
    return layer.times();
  }

  Roster roster() {
    return layer.roster();
  }

  private List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(List.of(layer));
    layers.addAll(others);
    return layers;
  }

  static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }

  static List<Assignment> timeline(Plan plan, String from, String until) {
    return Timeline.of(plan, Instant.parse(from), Instant.parse(until));
  }

  /// Who serves, one after the other, such as `ada grace -`, where `-` is nobody.
  static String people(List<Assignment> assignments) {
    return assignments.stream().map(Draft::name).collect(Collectors.joining(" "));
  }

  /// One line each, such as `Mon 05 09:00 - Tue 06 09:00 ada TURN`.
  static List<String> lines(List<Assignment> assignments, String zone) {
    DateTimeFormatter moment = MOMENT.withZone(ZoneId.of(zone));
    return assignments.stream()
        .map(each ->
            moment.format(each.start())
                + " - "
                + moment.format(each.end())
                + (each.role().equals(Layer.PRIMARY) ? " " : " " + each.role() + " ")
                + name(each)
                + " "
                + each.why()
                + (each.instead() == null ? "" : " for " + each.instead().account()))
        .toList();
  }

  private static String name(Assignment each) {
    return each.person() == null ? "-" : each.person().account();
  }
}
