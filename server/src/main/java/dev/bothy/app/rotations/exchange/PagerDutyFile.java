package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Cadence;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Schedules as PagerDuty's REST API gives them: `GET /schedules/{id}` or several of them, with
/// `schedule_layers`.
///
/// The API lists the layer that counts first, first. Turns are counted from
/// `rotation_virtual_start`, on the wall clock of the schedule's zone; each turn is somebody's,
/// also where restrictions leave nothing of it. Restrictions are times of that wall clock; `1` is
/// Monday.
final class PagerDutyFile {
  static final String SIGN = "schedule_layers";

  private static final String OVERRIDES = "overrides";

  private static final List<Dropped> DROPPED =
      List.of(
          new Dropped(
              "escalation_policies",
              "Escalation policies were left out.",
              "Bothy hands duty over; who is called when nobody answers stays with your alerting."),
          new Dropped(
              "teams",
              "Its teams were left out.",
              "A rotation belongs to the workspace; admins change it, and its channel sees it."),
          new Dropped(
              "description",
              "Its description was left out.",
              "A rotation has a name alone; put it into the channel's topic or description."),
          new Dropped(
              "http_cal_url",
              "Its calendar address was left out.",
              "Make a calendar feed of the rotation, and subscribe to that instead."));

  private final Instant now;
  private final Report report;
  private final Map<String, ImportedPerson> people = new HashMap<>();

  PagerDutyFile(Instant now, Report report) {
    this.now = now;
    this.report = report;
  }

  List<ImportedSchedule> read(JsonNode file) {
    for (JsonNode holder : file.findParents("users")) {
      new Fields(holder).list("users").forEach(this::learn);
    }
    List<ImportedSchedule> schedules = new ArrayList<>();
    for (JsonNode node : file.findParents(SIGN)) {
      Fields schedule = new Fields(node);
      String name = schedule.firstText("name", "summary");
      String where = "\"" + (name == null ? "Schedule " + (schedules.size() + 1) : name) + "\"";
      try {
        schedules.add(schedule(schedule, overridesOf(file, node), where));
      } catch (Unreadable e) {
        report.add(where, "The schedule was left out.", Report.sentence(e.words()));
      }
    }
    return schedules;
  }

  /// In the schedule; else beside it, as the answer of its `/overrides`; else as they were
  /// rendered.
  private static List<Fields> overridesOf(JsonNode file, JsonNode schedule) {
    Fields fields = new Fields(schedule);
    if (fields.has(OVERRIDES)) {
      return fields.list(OVERRIDES);
    }
    boolean alone = file.findParents(SIGN).size() == 1;
    for (JsonNode holder : file.findParents(OVERRIDES)) {
      if (alone || holder.get("schedule") == schedule) {
        return new Fields(holder).list(OVERRIDES);
      }
    }
    return entries(fields, "overrides_subschedule");
  }

  private static List<Fields> entries(Fields schedule, String member) {
    return schedule.object(member).list("rendered_schedule_entries");
  }

  private ImportedSchedule schedule(Fields schedule, List<Fields> overrides, String where)
      throws Unreadable {
    ZoneId zone = schedule.zone("time_zone");
    if (zone == null) {
      zone = Fields.UTC;
      report.add(where, "The schedule is in UTC.", "It names no time zone.");
    }
    Dropped.tell(report, where, schedule, DROPPED);
    List<ImportedLayer> layers = new ArrayList<>();
    for (Fields layer : Limits.layers(schedule.list(SIGN))) {
      String place = where + ", layer \"" + layer.text("name", "without a name") + "\"";
      try {
        LayerDraft draft = draft(layer, zone, place);
        layers.add(draft.layer(NamedShift.USUAL_ROLE, now));
        draft.tell(report, place, ImportSource.PAGERDUTY);
      } catch (Unreadable e) {
        report.add(place, "The layer was left out.", Report.sentence(e.words()));
      }
    }
    List<Fields> shown = entries(schedule, "final_schedule");
    if (overrides.isEmpty() && shown.isEmpty() && !schedule.has(OVERRIDES)) {
      report.add(
          where,
          "Overrides are not in the file.",
          "Ask for the schedule with since and until, or put the answer of its /overrides into the"
              + " same file.");
    }
    ImportedSchedule read =
        new ImportedSchedule(
            schedule.text("name", where.replace("\"", "")),
            zone,
            layers,
            SingleShifts.toCome(shifts(overrides, where), where, now, report));
    OwnSchedule.compare(read, shifts(shown, where), where, now, report);
    return read;
  }

  private LayerDraft draft(Fields layer, ZoneId zone, String place) throws Unreadable {
    Duration length = Duration.ofSeconds(layer.number("rotation_turn_length_seconds"));
    Cadence.Unit unit = Turns.unitOf(length);
    Instant first = layer.required("rotation_virtual_start");
    List<ImportedPerson> order = new ArrayList<>();
    for (Fields member : Limits.people(layer.list("users"))) {
      order.add(person(member.has("user") ? member.object("user") : member, place));
    }
    return new LayerDraft(
        layer.text("name", ""),
        new Turns(
            first.atZone(zone).toLocalDateTime().withSecond(0).withNano(0),
            Turns.count(length, unit),
            unit,
            zone),
        hours(layer),
        order,
        LayerDraft.Counts.EVERY_TURN,
        layer.instant("start"),
        layer.instant("end"));
  }

  private static WeekHours hours(Fields layer) throws Unreadable {
    List<Fields> restrictions = Limits.restrictions(layer.list("restrictions"));
    if (restrictions.isEmpty()) {
      return WeekHours.always();
    }
    WeekHours hours = new WeekHours();
    for (Fields restriction : restrictions) {
      LocalTime from = restriction.time("start_time_of_day");
      long minutes = restriction.number("duration_seconds") / 60;
      if (minutes < 1) {
        throw new Unreadable("a restriction lasts less than a minute");
      }
      switch (restriction.text("type", "")) {
        case "daily_restriction" -> {
          for (DayOfWeek day : DayOfWeek.values()) {
            hours.add(day, from, minutes);
          }
        }
        case "weekly_restriction" -> {
          long day = restriction.number("start_day_of_week");
          if (day < 1 || day > 7) {
            throw new Unreadable("`start_day_of_week` is " + day + "; it takes 1 to 7");
          }
          hours.add(DayOfWeek.of((int) day), from, minutes);
        }
        default -> throw new Unreadable("a restriction is neither of the day nor of the week");
      }
    }
    return hours;
  }

  private List<ImportedShift> shifts(List<Fields> entries, String where) throws Unreadable {
    List<ImportedShift> shifts = new ArrayList<>();
    for (Fields entry : Limits.shifts(entries)) {
      Instant start = entry.required("start");
      Instant end = entry.required("end");
      shifts.add(
          new ImportedShift(
              NamedShift.USUAL_ROLE, person(entry.object("user"), where), start, end));
    }
    return shifts;
  }

  private void learn(Fields user) {
    String id = user.text("id");
    String name = user.firstText("name", "summary");
    if (id != null && name != null && user.has("email")) {
      people.put(id, new ImportedPerson(name, user.text("email")));
    }
  }

  private ImportedPerson person(Fields user, String place) throws Unreadable {
    String id = user.text("id", "");
    ImportedPerson known = people.get(id);
    if (known != null) {
      return known;
    }
    String name = user.firstText("name", "summary", "id");
    if (name == null) {
      throw new Unreadable("somebody in it has neither a name nor an id");
    }
    String email = user.text("email");
    if (email == null) {
      report.add(
          place,
          "Somebody is known by name alone.",
          "The file has no e-mail address of theirs; export with include[]=users to have it.");
    }
    return new ImportedPerson(name, email);
  }
}
