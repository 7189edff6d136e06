package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Activity;
import dev.bothy.app.rotations.plan.Cadence;
import dev.bothy.app.rotations.plan.HandoffTimes;
import dev.bothy.app.rotations.plan.HourBlock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PagerDutyFileTest {
  private static final String NOW = "2026-03-25T12:00:00Z";

  /// By hand, after PagerDuty's words: the layer that is listed first stands before the next, turns
  /// count from their virtual start on the wall clock of the schedule's zone, whose clocks go
  /// forward on the 29th.
  @Test
  void theShiftsAreThoseThatPagerDutyShows() {
    ImportOutcome.Read read = Files.read("pagerduty.json", NOW);
    assertThat(read.source()).isEqualTo(ImportSource.PAGERDUTY);
    assertThat(Files.lines(read.schedules().getFirst(), NOW, "2026-03-31T10:00:00Z"))
        .containsExactly(
            // The week is Grace's, and so is the night of the 25th.
            "Primary Grace Hopper: 2026-03-25T13:00+01:00 to 2026-03-26T20:00+01:00",
            "Primary Ada Lovelace: 2026-03-26T20:00+01:00 to 2026-03-27T08:00+01:00",
            "Primary Grace Hopper: 2026-03-27T08:00+01:00 to 2026-03-27T21:00+01:00",
            "Primary Edsger Dijkstra: 2026-03-27T21:00+01:00 to 2026-03-27T23:00+01:00",
            "Primary Grace Hopper: 2026-03-27T23:00+01:00 to 2026-03-28T20:00+01:00",
            // A night of eleven hours.
            "Primary Ada Lovelace: 2026-03-28T20:00+01:00 to 2026-03-29T08:00+02:00",
            "Primary Grace Hopper: 2026-03-29T08:00+02:00 to 2026-03-30T09:00+02:00",
            "Primary Ada Lovelace: 2026-03-30T09:00+02:00 to 2026-03-31T12:00+02:00");
    assertThat(Files.notCarried(read))
        .containsExactly(
            "\"Support\": Escalation policies were left out. Bothy hands duty over; who is called"
                + " when nobody answers stays with your alerting.",
            "\"Support\": Its description was left out. A rotation has a name alone; put it into the"
                + " channel's topic or description.",
            "\"Support\", layer \"Last year\": The layer was left out. It ended on 2025-12-31.",
            "\"Support\": 1 single shift was left out. Shifts that are over are not carried over.");
  }

  @Test
  void aLayerIsCountedFromTheTurnThatRuns() {
    ImportedSchedule schedule = Files.read("pagerduty.json", NOW).schedules().getFirst();
    ImportedPerson ada = new ImportedPerson("Ada Lovelace", "ada@example.org");
    ImportedPerson grace = new ImportedPerson("Grace Hopper", "grace@example.org");
    ImportedPerson edsger = new ImportedPerson("Edsger Dijkstra", "edsger@example.org");
    assertThat(schedule.layers())
        .containsExactly(
            new ImportedLayer(
                "Nights",
                "Primary",
                new HandoffTimes(
                    new Cadence.Custom(1, Cadence.Unit.DAYS),
                    LocalDate.of(2026, 3, 24),
                    LocalTime.of(20, 0),
                    schedule.zone()),
                new Activity(
                    EnumSet.allOf(DayOfWeek.class),
                    List.of(
                        new HourBlock(
                            EnumSet.allOf(DayOfWeek.class),
                            LocalTime.of(20, 0),
                            LocalTime.of(8, 0))),
                    Set.of()),
                List.of(ada, grace),
                null,
                null),
            new ImportedLayer(
                "Week",
                "Primary",
                new HandoffTimes(
                    new Cadence.Custom(1, Cadence.Unit.WEEKS),
                    LocalDate.of(2026, 3, 23),
                    LocalTime.of(9, 0),
                    schedule.zone()),
                Activity.ALWAYS,
                List.of(grace, ada, edsger),
                null,
                null));
    assertThat(schedule.overrides()).hasSize(1);
  }

  @Test
  void whatHasNoMatchIsSaid() {
    ImportOutcome.Read read = Files.read("pagerduty-odd.json", NOW);
    assertThat(read.schedules()).extracting(ImportedSchedule::name).containsExactly("Office hours");
    ImportedLayer weekdays = read.schedules().getFirst().layers().getFirst();
    assertThat(weekdays.activity().days())
        .containsExactly(
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            DayOfWeek.WEDNESDAY,
            DayOfWeek.THURSDAY,
            DayOfWeek.FRIDAY);
    assertThat(weekdays.activity().hours()).isEmpty();
    // PagerDuty would have Grace on Monday: the weekend uses up two turns there.
    assertThat(Files.lines(read.schedules().getFirst(), NOW, "2026-03-31T12:00:00Z"))
        .containsExactly(
            "Primary Edsger Dijkstra: 2026-03-25T12:00Z to 2026-03-26T09:00Z",
            "Primary Ada Lovelace: 2026-03-26T09:00Z to 2026-03-27T09:00Z",
            "Primary Grace Hopper: 2026-03-27T09:00Z to 2026-03-28T09:00Z",
            "Primary Edsger Dijkstra: 2026-03-30T09:00Z to 2026-03-31T09:00Z",
            "Primary Ada Lovelace: 2026-03-31T09:00Z to 2026-03-31T12:00Z");
    assertThat(Files.notCarried(read))
        .contains(
            "\"Office hours\", layer \"Weekdays\": After a time without duty, the next in order may"
                + " be another person. PagerDuty gives such a turn to somebody; here nobody's turn"
                + " is used up by it.",
            "\"Office hours\", layer \"Odd\": The layer was left out. A turn of 5000 seconds has no"
                + " match: it takes whole hours, up to a year.",
            "\"Broken\": The schedule was left out. `time_zone` is no time zone of the tz"
                + " database: Mars/Phobos.")
        .anyMatch(each -> each.contains("Somebody is known by name alone."));
  }

  @Test
  void whoIsInTheOrderTwiceIsInItOnce() {
    String user = "{\"user\":{\"id\":\"%s\",\"summary\":\"%s\",\"email\":\"%s@example.org\"}}";
    String ada = user.formatted("P1", "Ada", "ada");
    String file =
        "{\"schedule_layers\":[{\"name\":\"L\",\"rotation_virtual_start\":\"2026-03-25T09:00:00Z\","
            + "\"rotation_turn_length_seconds\":86400,\"users\":["
            + String.join(",", ada, user.formatted("P2", "Grace", "grace"), ada)
            + "]}]}";
    ImportOutcome.Read read = Files.readText(file, NOW);
    assertThat(read.schedules().getFirst().layers().getFirst().people())
        .extracting(ImportedPerson::name)
        .containsExactly("Ada", "Grace");
    assertThat(Files.notCarried(read))
        .anyMatch(
            each -> each.contains("Somebody who is in the order several times is in it once."));
  }

  @Test
  void aLayerThatBeginsLaterDoes() {
    ImportedLayer later =
        Files.read("pagerduty-odd.json", NOW).schedules().getFirst().layers().getLast();
    assertThat(later.from()).isEqualTo(Instant.parse("2026-04-01T09:00:00Z"));
    assertThat(later.until()).isEqualTo(Instant.parse("2026-05-01T09:00:00Z"));
    assertThat(later.times().from()).isEqualTo(LocalDate.of(2026, 3, 30));
  }
}
