package dev.bothy.app.rotations.exchange;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Schedules of Grafana OnCall as its HTTP API gives them (`schedules`, `on_call_shifts`, `users`,
/// put into one file in any order), as `terraform show -json` has them, or the `final_shifts` that
/// it exports.
///
/// Shifts of a higher level stand before those of lower ones; those of one level are on duty at
/// once. Times are of the wall clock of the shift's zone, else of the schedule's.
final class GrafanaFile {
  private static final Set<String> SCHEDULES = Set.of("ical", "calendar", "web");
  private static final Set<String> SHIFTS =
      Set.of("single_event", "recurrent_event", "rolling_users", "override");
  private static final String UNNAMED = "Grafana OnCall";

  private static final List<Dropped> DROPPED =
      List.of(
          new Dropped(
              "slack",
              "Its channel and user group were left out.",
              "Choose the channel when you make the rotation, and the group on its page"
                  + " afterwards."),
          new Dropped(
              "team_id",
              "Its team was left out.",
              "A rotation belongs to the workspace; admins change it, and its channel sees it."));

  private final Instant now;
  private final Report report;
  private final Map<String, ImportedPerson> people = new HashMap<>();

  GrafanaFile(Instant now, Report report) {
    this.now = now;
    this.report = report;
  }

  static boolean isOne(JsonNode file) {
    return objects(file).stream()
        .anyMatch(each -> isShift(each) || isSchedule(each) || isFinal(each));
  }

  /// How many schedules it has.
  static int schedules(JsonNode file) {
    return (int) objects(file).stream().filter(GrafanaFile::isSchedule).count();
  }

  private static List<Fields> objects(JsonNode file) {
    List<Fields> objects = new ArrayList<>();
    collect(file, objects);
    return objects;
  }

  /// As deep as the parser lets a file be.
  private static void collect(JsonNode node, List<Fields> objects) {
    if (node.isObject()) {
      objects.add(new Fields(node));
    }
    node.forEach(each -> collect(each, objects));
  }

  private static boolean isShift(Fields object) {
    return SHIFTS.contains(object.text("type", "")) && object.has("start");
  }

  private static boolean isSchedule(Fields object) {
    return SCHEDULES.contains(object.text("type", "")) && object.has("name");
  }

  private static boolean isFinal(Fields object) {
    return object.has("shift_start") && object.has("shift_end");
  }

  List<ImportedSchedule> read(JsonNode file) {
    List<Fields> objects = objects(file);
    objects.forEach(this::learn);
    Map<String, Fields> shifts = new TreeMap<>();
    for (Fields object : objects) {
      if (isShift(object)) {
        shifts.put(object.text("id", "unnamed " + shifts.size()), object);
      }
    }
    Set<String> used = new HashSet<>();
    List<ImportedSchedule> schedules = new ArrayList<>();
    for (Fields object : objects) {
      if (isSchedule(object)) {
        List<Fields> own = shiftsOf(object, shifts, used);
        add(schedules, object, object.text("name", UNNAMED), own);
      }
    }
    List<Fields> left =
        shifts.entrySet().stream()
            .filter(entry -> !used.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (!left.isEmpty()) {
      add(schedules, new Fields(file), UNNAMED, left);
    }
    List<Fields> finals = objects.stream().filter(GrafanaFile::isFinal).toList();
    if (!finals.isEmpty()) {
      addFinals(schedules, finals);
    }
    return schedules;
  }

  private List<Fields> shiftsOf(Fields schedule, Map<String, Fields> shifts, Set<String> used) {
    String where = "\"" + schedule.text("name", UNNAMED) + "\"";
    List<Fields> own = new ArrayList<>();
    List<String> ids = schedule.texts("shifts");
    for (String id : ids == null ? List.<String>of() : ids) {
      Fields shift = shifts.get(id);
      if (shift != null) {
        used.add(id);
        own.add(shift);
      } else if (!id.isEmpty()) {
        report.add(
            where,
            "Shifts that the schedule names are not in the file.",
            "Put the answer of /on_call_shifts/ into the same file.");
      }
    }
    for (String member : List.of("ical_url_primary", "ical_url_overrides")) {
      if (schedule.has(member)) {
        report.add(
            where,
            "What its iCalendar address (" + member + ") holds was left out.",
            "The file has the address alone. Download the calendar, and import that file as well.");
      }
    }
    Dropped.tell(report, where, schedule, DROPPED);
    return own;
  }

  private void add(
      List<ImportedSchedule> schedules, Fields schedule, String name, List<Fields> shifts) {
    String where = "\"" + name + "\"";
    try {
      ZoneId zone = schedule.zone("time_zone");
      schedules.add(schedule(name, zone == null ? Fields.UTC : zone, where, shifts));
    } catch (Unreadable e) {
      report.add(where, "The schedule was left out.", Report.sentence(e.words()));
    }
  }

  private ImportedSchedule schedule(String name, ZoneId zone, String where, List<Fields> shifts)
      throws Unreadable {
    TreeMap<Integer, List<ImportedLayer>> levels = new TreeMap<>(Comparator.reverseOrder());
    GrafanaSingles singles = new GrafanaSingles(where, report);
    for (Fields shift : Limits.shifts(shifts)) {
      String place = where + ", shift \"" + shift.text("name", "without a name") + "\"";
      try {
        GrafanaShift read = new GrafanaShift(shift, zone, place, people, report);
        singles.add(read.isOverride(), read.level(), read.single());
        for (LayerDraft draft : read.drafts()) {
          levels
              .computeIfAbsent(read.level(), _ -> new ArrayList<>())
              .add(draft.layer(NamedShift.USUAL_ROLE, now));
          draft.tell(report, place, ImportSource.GRAFANA);
        }
      } catch (Unreadable e) {
        report.add(place, "The shift was left out.", Report.sentence(e.words()));
      }
    }
    Limits.layers(levels.values().stream().flatMap(List::stream).toList());
    List<ImportedLayer> layers = new ArrayList<>();
    for (List<ImportedLayer> level : levels.values()) {
      layers.addAll(Roles.apart(level, now));
    }
    if (layers.stream().anyMatch(layer -> !layer.role().equals(NamedShift.USUAL_ROLE))) {
      report.add(
          where,
          "Several people who are on duty at once became roles, the first one \"Primary\".",
          "A shift of a higher level stands before that of the same role alone, and an override"
              + " before \"Primary\" alone.");
    }
    List<ImportedShift> overrides =
        layers.isEmpty() ? singles.alone() : singles.upon(levels.firstKey());
    return new ImportedSchedule(
        name, zone, layers, Limits.shifts(SingleShifts.toCome(overrides, where, now, report)));
  }

  /// Of a file with one schedule they are what it should come to; else they are all there is.
  private void addFinals(List<ImportedSchedule> schedules, List<Fields> finals) {
    String where = "\"" + UNNAMED + "\"";
    try {
      List<ImportedShift> shifts = new ArrayList<>();
      for (Fields each : Limits.shifts(finals)) {
        Instant start = each.required("shift_start");
        Instant end = each.required("shift_end");
        String name = each.firstText("user_username", "user_email", "user_pk");
        if (name != null && start.isBefore(end)) {
          ImportedPerson known = people.get(each.text("user_pk", ""));
          ImportedPerson person =
              known == null ? new ImportedPerson(name, each.text("user_email")) : known;
          shifts.add(new ImportedShift(NamedShift.USUAL_ROLE, person, start, end));
        }
      }
      shifts.sort(Comparator.comparing(ImportedShift::start));
      if (schedules.size() == 1) {
        ImportedSchedule only = schedules.getFirst();
        OwnSchedule.compare(only, shifts, "\"" + only.name() + "\"", now, report);
        return;
      }
      List<ImportedShift> toCome = SingleShifts.toCome(shifts, where, now, report);
      if (!toCome.isEmpty()) {
        schedules.add(
            new ImportedSchedule(UNNAMED, Fields.UTC, List.of(), Roles.shiftsApart(toCome)));
      }
      report.add(
          where,
          "Whose turn it is afterwards was left out.",
          "The file lists final shifts, not the rules that they come from. Put the answers of"
              + " /schedules/, /on_call_shifts/ and /users/ into it to have those.");
    } catch (Unreadable e) {
      report.add(where, "The shifts were left out.", Report.sentence(e.words()));
    }
  }

  private void learn(Fields user) {
    String id = user.text("id");
    String name = user.firstText("name", "username");
    if (id != null && name != null && (user.has("username") || user.has("email"))) {
      people.put(id, new ImportedPerson(name, user.text("email")));
    }
  }
}
