package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Cadence;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Schedules as Opsgenie's REST API gives them (`GET /v2/schedules?expand=rotation`), and as its
/// configuration backups keep them.
///
/// All rotations of a schedule are on duty at once. Turns are counted from `startDate`, on the wall
/// clock of the schedule's zone; each is somebody's, also where `timeRestriction` leaves nothing of
/// it. The participant `none` is an empty place.
final class OpsgenieFile {
  static final String SIGN = "rotations";

  private static final List<Dropped> DROPPED =
      List.of(
          new Dropped(
              "description",
              "Its description was left out.",
              "A rotation has a name alone; put it into the channel's topic or description."),
          new Dropped(
              "ownerTeam",
              "Its team was left out.",
              "A rotation belongs to the workspace; admins change it, and its channel sees it."));

  private final Instant now;
  private final Report report;
  private final Map<String, ImportedPerson> people = new HashMap<>();

  OpsgenieFile(Instant now, Report report) {
    this.now = now;
    this.report = report;
  }

  /// Whether an object is a schedule: an override names rotations too, and those of others have no
  /// participants.
  static boolean isSchedule(JsonNode node) {
    JsonNode rotations = node.path(SIGN);
    return rotations.isArray()
        && !node.has("startDate")
        && rotations.valueStream().anyMatch(rotation -> rotation.has("participants"));
  }

  List<ImportedSchedule> read(JsonNode file) {
    for (JsonNode holder : file.findParents("users")) {
      new Fields(holder).list("users").forEach(this::learn);
    }
    List<ImportedSchedule> schedules = new ArrayList<>();
    for (JsonNode node : file.findParents(SIGN)) {
      if (!isSchedule(node)) {
        continue;
      }
      Fields schedule = new Fields(node);
      String where = "\"" + schedule.text("name", "Schedule " + (schedules.size() + 1)) + "\"";
      try {
        schedules.add(schedule(schedule, overridesOf(file, node), timelinesOf(file, node), where));
      } catch (Unreadable e) {
        report.add(where, "The schedule was left out.", Report.sentence(e.words()));
      }
    }
    return schedules;
  }

  /// In the schedule; else beside it in a backup; else whatever the file has of the answers of its
  /// `/overrides`, which name the schedule or are those of the only one.
  private static List<Fields> overridesOf(JsonNode file, JsonNode schedule) {
    for (String member : new String[] {"overrides", "scheduleOverrideList"}) {
      if (schedule.path(member).isArray()) {
        return new Fields(schedule).list(member);
      }
      for (JsonNode holder : file.findParents(member)) {
        if (holder.get("schedule") == schedule && holder.get(member).isArray()) {
          return new Fields(holder).list(member);
        }
      }
    }
    return file.findParents("user").stream()
        .filter(each -> each.has("startDate") && each.has("endDate"))
        .filter(each -> isOf(each, file, schedule))
        .map(Fields::new)
        .toList();
  }

  private static boolean isOf(JsonNode answer, JsonNode file, JsonNode schedule) {
    String parent = answer.at("/_parent/id").asString("");
    return parent.isEmpty()
        ? file.findParents(SIGN).stream().filter(OpsgenieFile::isSchedule).count() == 1
        : parent.equals(schedule.path("id").asString(""));
  }

  /// What the answer of `/timeline` shows as who is on duty in the end.
  private static List<Fields> timelinesOf(JsonNode file, JsonNode schedule) {
    List<Fields> periods = new ArrayList<>();
    for (JsonNode timeline : file.findParents("finalTimeline")) {
      if (isOf(timeline, file, schedule)) {
        for (Fields rotation : new Fields(timeline).object("finalTimeline").list(SIGN)) {
          periods.addAll(rotation.list("periods"));
        }
      }
    }
    return periods;
  }

  private ImportedSchedule schedule(
      Fields schedule, List<Fields> overrides, List<Fields> timeline, String where)
      throws Unreadable {
    ZoneId zone = schedule.zone("timezone");
    if (zone == null) {
      zone = Fields.UTC;
      report.add(where, "The schedule is in UTC.", "It names no time zone.");
    }
    if (schedule.isFalse("enabled")) {
      report.add(where, "The schedule is switched off in Opsgenie.", "Here it would hand over.");
    }
    Dropped.tell(report, where, schedule, DROPPED);
    List<ImportedLayer> layers = new ArrayList<>();
    List<Fields> carried = new ArrayList<>();
    for (Fields rotation : Limits.layers(schedule.list(SIGN))) {
      String place = where + ", rotation \"" + rotation.text("name", "without a name") + "\"";
      try {
        if (rotation.isFalse("enabled")) {
          throw new Unreadable("it is switched off");
        }
        LayerDraft draft = draft(rotation, zone, place);
        layers.add(draft.layer(NamedShift.USUAL_ROLE, now));
        carried.add(rotation);
        draft.tell(report, place, ImportSource.OPSGENIE);
      } catch (Unreadable e) {
        report.add(place, "The rotation was left out.", Report.sentence(e.words()));
      }
    }
    List<ImportedLayer> apart = Roles.apart(layers, now);
    if (apart.stream().map(ImportedLayer::role).distinct().count() > 1) {
      report.add(
          where,
          "Rotations that are on duty at once became roles, the first one \"Primary\".",
          "Opsgenie has no order among them; see which role each should have.");
    }
    boolean shared = apart.stream().map(ImportedLayer::role).distinct().count() < apart.size();
    Map<String, String> roles = new HashMap<>();
    for (int at = 0; at < apart.size(); at++) {
      roles.put(carried.get(at).text("id", ""), apart.get(at).role());
      roles.putIfAbsent(carried.get(at).text("name", ""), apart.get(at).role());
    }
    ImportedSchedule read =
        new ImportedSchedule(
            schedule.text("name", where.replace("\"", "")),
            zone,
            apart,
            SingleShifts.toCome(overrides(overrides, roles, shared, where), where, now, report));
    OwnSchedule.compare(read, periods(timeline, where), where, now, report);
    return read;
  }

  private LayerDraft draft(Fields rotation, ZoneId zone, String place) throws Unreadable {
    int length = rotation.count("length", 1);
    Cadence.Unit unit =
        switch (rotation.text("type", "").toLowerCase(Locale.ROOT)) {
          case "hourly" -> Cadence.Unit.HOURS;
          case "daily" -> Cadence.Unit.DAYS;
          case "weekly" -> Cadence.Unit.WEEKS;
          default -> throw new Unreadable("its type is none of hourly, daily and weekly");
        };
    if (length > unit.most()) {
      throw new Unreadable("its turns are longer than a year");
    }
    List<ImportedPerson> order = new ArrayList<>();
    for (Fields participant : Limits.people(rotation.list("participants"))) {
      order.add(participant(participant, place));
    }
    Instant first = rotation.required("startDate");
    return new LayerDraft(
        rotation.text("name", ""),
        new Turns(
            first.atZone(zone).toLocalDateTime().withSecond(0).withNano(0), length, unit, zone),
        hours(rotation.object("timeRestriction")),
        order,
        LayerDraft.Counts.EVERY_TURN,
        null,
        rotation.instant("endDate"));
  }

  private static WeekHours hours(Fields restriction) throws Unreadable {
    if (!restriction.has("type")) {
      return WeekHours.always();
    }
    WeekHours hours = new WeekHours();
    switch (restriction.text("type", "")) {
      case "time-of-day" -> {
        Fields span = restriction.object("restriction");
        for (DayOfWeek day : DayOfWeek.values()) {
          LocalTime from = time(span, "start");
          LocalTime to = time(span, "end");
          hours.addUntil(day, from, to.isAfter(from) ? day : day.plus(1), to);
        }
      }
      case "weekday-and-time-of-day" -> {
        for (Fields span : Limits.restrictions(restriction.list("restrictions"))) {
          hours.addUntil(
              Fields.day(span.text("startDay", "")),
              time(span, "start"),
              Fields.day(span.text("endDay", "")),
              time(span, "end"));
        }
      }
      default -> throw new Unreadable("its time restriction is of a type that is not known");
    }
    return hours;
  }

  private static LocalTime time(Fields span, String which) throws Unreadable {
    long hour = span.number(which + "Hour");
    long minute = span.has(which + "Min") ? span.number(which + "Min") : 0;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59) {
      throw new Unreadable("its time restriction has no such time: " + hour + ":" + minute);
    }
    return LocalTime.of((int) hour % 24, (int) minute);
  }

  /// Each for the roles of the rotations that it names; one that names none, for all roles.
  ///
  /// @param roles by the id and the name of the rotations that were carried over
  /// @param shared whether any rotations share a role
  private List<ImportedShift> overrides(
      List<Fields> entries, Map<String, String> roles, boolean shared, String where)
      throws Unreadable {
    List<ImportedShift> overrides = new ArrayList<>();
    for (Fields entry : Limits.shifts(entries)) {
      Instant start = entry.required("startDate");
      Instant end = entry.required("endDate");
      Set<String> of = new LinkedHashSet<>();
      for (Fields rotation : entry.list(SIGN)) {
        String role = roles.get(rotation.text("id", "-"));
        role = role == null ? roles.get(rotation.text("name", "-")) : role;
        if (role != null) {
          of.add(role);
        }
      }
      if (!entry.has(SIGN)) {
        of.addAll(new TreeSet<>(roles.values()));
        if (of.isEmpty()) {
          of.add(NamedShift.USUAL_ROLE);
        }
      } else if (of.isEmpty()) {
        report.add(
            where, "An override was left out.", "It is for rotations that were left out, too.");
      } else if (shared) {
        report.add(
            where,
            "An override of single rotations stands for their whole role.",
            "Rotations that stand in for each other share a role, and an override is for a role.");
      }
      ImportedPerson person = participant(entry.object("user"), where);
      of.forEach(role -> overrides.add(new ImportedShift(role, person, start, end)));
    }
    return overrides;
  }

  private List<ImportedShift> periods(List<Fields> timeline, String where) throws Unreadable {
    List<ImportedShift> shown = new ArrayList<>();
    for (Fields period : Limits.shifts(timeline)) {
      if (period.object("recipient").has("type")) {
        shown.add(
            new ImportedShift(
                NamedShift.USUAL_ROLE,
                participant(period.object("recipient"), where),
                period.required("startDate"),
                period.required("endDate")));
      }
    }
    return shown;
  }

  private void learn(Fields user) {
    String id = user.text("id");
    String username = user.text("username");
    if (id != null && username != null) {
      people.put(id, new ImportedPerson(user.text("fullName", username), address(username)));
    }
  }

  private ImportedPerson participant(Fields participant, String place) throws Unreadable {
    switch (participant.text("type", "user").toLowerCase(Locale.ROOT)) {
      case "none" -> {
        return ImportedPerson.NOBODY;
      }
      case "team", "escalation" -> {
        report.add(
            place,
            "A team or an escalation in the order became an empty place.",
            "People take turns here. Put somebody in its place, or take it out.");
        return ImportedPerson.NOBODY;
      }
      default -> {
        ImportedPerson known = people.get(participant.text("id", ""));
        if (known != null) {
          return known;
        }
        String name = participant.firstText("username", "name", "id");
        if (name == null) {
          throw new Unreadable("somebody in it has neither a name nor an id");
        }
        return new ImportedPerson(name, address(name));
      }
    }
  }

  private static @Nullable String address(String username) {
    return username.contains("@") ? username : null;
  }
}
