package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.AbsenceMode;
import dev.bothy.app.rotations.plan.Change;
import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Order;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Plan;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedLayerTest {
  /// Who is on duty when, apart from how it is cut into pieces.
  record On(String role, String account, Instant start, Instant end) {}

  /// A year and more, so over both changes of the clocks.
  @ParameterizedTest
  @CsvSource({
    "pagerduty.json, 2026-03-25T12:00:00Z",
    "opsgenie.json, 2026-10-30T12:00:00Z",
    "grafana.json, 2026-10-21T10:00:00Z",
    "grafana-terraform.json, 2026-03-10T12:00:00Z"
  })
  void theEngineServesWhatThePreviewShows(String file, Instant now) {
    ImportedSchedule schedule = Files.read(file, now.toString()).schedules().getFirst();
    Map<ImportedPerson, Participant> accounts = accounts(schedule);
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
    for (ImportedShift each : schedule.overrides()) {
      changes.add(
          new Change.Set(
              UUID.randomUUID(),
              new Span(each.start(), each.end()),
              each.role(),
              new Participant(each.person().name())));
    }
    Plan plan = new Plan(layers, cursors, changes, Map.of(), Set.of());
    Plan begun = new Plan(layers, Timeline.begin(plan), changes, Map.of(), Set.of());
    Instant until = now.plus(Duration.ofDays(400));

    List<On> engine = new ArrayList<>();
    Timeline.of(begun, now, until).stream()
        .filter(each -> each.person() != null)
        .forEach(each ->
            engine.add(new On(each.role(), each.person().account(), each.start(), each.end())));
    List<On> preview =
        ImportPreview.shifts(schedule, now, until).stream()
            .map(each -> new On(each.role(), each.person().name(), each.start(), each.end()))
            .toList();
    assertThat(merged(engine)).isNotEmpty().isEqualTo(merged(preview));
  }

  @Test
  void whoHasNoAccountIsLeftOutAndOneAccountHasOnePlace() {
    ImportedLayer layer =
        Files.read("pagerduty.json", "2026-03-25T12:00:00Z")
            .schedules()
            .getFirst()
            .layers()
            .getLast();
    Participant one = new Participant("U1");
    assertThat(
            layer.roster(Map.of(layer.people().get(0), one, layer.people().get(2), one)).places())
        .containsExactly(new Roster.Place(0, one, null, null));
  }

  @Test
  void whoIsInAFileIsNotInALog() {
    assertThat(Files.read("pagerduty.json", "2026-03-25T12:00:00Z").toString())
        .doesNotContain("Ada")
        .doesNotContain("example.org");
  }

  private static Map<ImportedPerson, Participant> accounts(ImportedSchedule schedule) {
    Map<ImportedPerson, Participant> accounts = new HashMap<>();
    schedule.layers().stream()
        .flatMap(layer -> layer.people().stream())
        .filter(person -> !person.isNobody())
        .forEach(person -> accounts.put(person, new Participant(person.name())));
    schedule
        .overrides()
        .forEach(shift -> accounts.put(shift.person(), new Participant(shift.person().name())));
    return accounts;
  }

  private static List<On> merged(List<On> pieces) {
    List<On> merged = new ArrayList<>();
    pieces.stream()
        .sorted(Comparator.comparing(On::role).thenComparing(On::start))
        .forEach(piece -> {
          On last = merged.isEmpty() ? null : merged.getLast();
          if (last != null
              && last.role().equals(piece.role())
              && last.account().equals(piece.account())
              && last.end().equals(piece.start())) {
            merged.set(
                merged.size() - 1,
                new On(piece.role(), piece.account(), last.start(), piece.end()));
          } else {
            merged.add(piece);
          }
        });
    return merged;
  }
}
