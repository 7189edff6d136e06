package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that hold the schedule that their product computes, each over a change of the clocks: the
/// engine serves exactly that.
class OwnScheduleTest {
  private static final Duration FOUR_WEEKS = Duration.ofDays(28);

  /// Who is on duty from when to when, as the file says.
  record Shown(String email, Instant start, Instant end) {}

  @ParameterizedTest
  @CsvSource({
    "pagerduty-final.json, 2026-10-12T10:05:00Z",
    "opsgenie-timeline.json, 2026-10-19T12:05:00Z",
    "grafana-final.json, 2026-10-19T13:05:00Z",
    "calendar-weeks.ics, 2026-10-12T10:05:00Z"
  })
  void theEngineServesWhatTheFileShows(String file, Instant now) {
    ImportOutcome.Read read = Files.read(file, now.toString());
    ImportedSchedule schedule = read.schedules().getFirst();
    assertThat(schedule.layers()).isNotEmpty();
    List<Assignment> engine = engine(schedule, now, now.plus(FOUR_WEEKS));
    List<Shown> shown = shown(file, read);
    Set<String> everybody = new TreeSet<>();
    for (Instant at = now.plusSeconds(60);
        at.isBefore(now.plus(FOUR_WEEKS).minusSeconds(600));
        at = at.plus(Duration.ofMinutes(30))) {
      Set<String> expected = onDuty(shown, at);
      assertThat(serving(engine, at)).as(file + " at " + at).isEqualTo(expected);
      everybody.addAll(expected);
    }
    assertThat(everybody).hasSizeGreaterThan(2);
    assertThat(Files.notCarried(read)).noneMatch(each -> each.contains("differ"));
  }

  @Test
  void whatDiffersFromTheFilesOwnScheduleIsSaid() {
    String file = new String(Files.bytes("pagerduty-final.json"), StandardCharsets.UTF_8);
    String other =
        file.replace(
            "\"rotation_turn_length_seconds\": 1209600",
            "\"rotation_turn_length_seconds\": 604800");
    assertThat(other).isNotEqualTo(file);
    assertThat(Files.notCarried(Files.readText(other, "2026-10-12T10:05:00Z")))
        .anyMatch(each ->
            each.matches(
                "\"Core\": \\d+ hours differ from the schedule that the file shows itself, first at"
                    + " 2026-10-\\S+\\. Compare the coming shifts.*"));
  }

  private static List<Assignment> engine(ImportedSchedule schedule, Instant now, Instant until) {
    Map<ImportedPerson, Participant> accounts = new HashMap<>();
    schedule.layers().stream()
        .flatMap(layer -> layer.people().stream())
        .filter(person -> !person.isNobody())
        .forEach(person -> accounts.put(person, new Participant(email(person))));
    List<Layer> layers = new ArrayList<>();
    Map<UUID, Cursor> cursors = new HashMap<>();
    for (ImportedLayer each : schedule.layers()) {
      UUID id = UUID.randomUUID();
      layers.add(
          new Layer(
              id,
              each.role(),
              each.times(),
              each.activity(),
              Order.QUEUE,
              AbsenceMode.SKIP,
              each.roster(accounts)));
      cursors.put(id, each.start());
    }
    List<Change> changes = new ArrayList<>();
    for (ImportedShift each : schedule.overrides().reversed()) {
      Span span = new Span(each.start(), each.end());
      Participant person = new Participant(email(each.person()));
      UUID id = UUID.randomUUID();
      changes.add(
          each.beside()
              ? new Change.Add(id, span, each.role(), person)
              : new Change.Set(id, span, each.role(), person));
    }
    Plan plan = new Plan(layers, cursors, changes, Map.of(), Set.of());
    return Timeline.of(
        new Plan(layers, Timeline.begin(plan), changes, Map.of(), Set.of()), now, until);
  }

  private static List<Shown> shown(String file, ImportOutcome.Read read) {
    if (file.endsWith(".ics")) {
      return read.schedules().getLast().overrides().stream()
          .map(shift -> new Shown(email(shift.person()), shift.start(), shift.end()))
          .toList();
    }
    JsonNode json = JsonMapper.shared().readTree(Files.bytes(file));
    List<Shown> shown = new ArrayList<>();
    Map<String, String> emails = new HashMap<>();
    json.findParents("email")
        .forEach(user -> emails.put(user.path("id").asString(), user.path("email").asString()));
    json.at("/schedule/final_schedule/rendered_schedule_entries")
        .forEach(entry ->
            shown.add(
                new Shown(
                    emails.getOrDefault(entry.at("/user/id").asString(), ""),
                    OffsetDateTime.parse(entry.path("start").asString()).toInstant(),
                    OffsetDateTime.parse(entry.path("end").asString()).toInstant())));
    json.findValues("periods")
        .forEach(periods ->
            periods.forEach(period ->
                shown.add(
                    new Shown(
                        period.at("/recipient/name").asString(),
                        Instant.parse(period.path("startDate").asString()),
                        Instant.parse(period.path("endDate").asString())))));
    json.at("/final_shifts/results")
        .forEach(shift ->
            shown.add(
                new Shown(
                    shift.path("user_email").asString(),
                    Instant.parse(shift.path("shift_start").asString()),
                    Instant.parse(shift.path("shift_end").asString()))));
    return shown;
  }

  private static String email(ImportedPerson person) {
    return person.email() == null ? person.name() : person.email();
  }

  private static Set<String> onDuty(List<Shown> shown, Instant at) {
    Set<String> people = new TreeSet<>();
    shown.stream()
        .filter(each -> !each.start().isAfter(at) && each.end().isAfter(at))
        .forEach(each -> people.add(each.email()));
    return people;
  }

  private static Set<String> serving(List<Assignment> engine, Instant at) {
    Set<String> people = new TreeSet<>();
    for (Assignment each : engine) {
      if (each.person() != null && !each.start().isAfter(at) && each.end().isAfter(at)) {
        people.add(each.person().account());
      }
    }
    return people;
  }
}
