package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpsgenieFileTest {
  private static final String NOW = "2026-10-30T12:00:00Z";

  /// By hand, after Opsgenie's words: rotations of a schedule are on duty together, turns count
  /// from the start on the wall clock of the schedule's zone, whose clocks go back on the 1st.
  @Test
  void theShiftsAreThoseThatOpsgenieShows() {
    ImportOutcome.Read read = Files.read("opsgenie.json", NOW);
    assertThat(read.source()).isEqualTo(ImportSource.OPSGENIE);
    assertThat(Files.lines(read.schedules().getFirst(), NOW, "2026-11-03T14:00:00Z"))
        .containsExactly(
            "Secondary grace@example.org: 2026-10-30T07:00-05:00 to 2026-11-02T09:00-06:00",
            "Primary ada@example.org: 2026-10-30T08:00-05:00 to 2026-10-30T18:00-05:00",
            // Every other night is the team's.
            "Primary edsger@example.org: 2026-10-30T18:00-05:00 to 2026-10-31T08:00-05:00",
            "Primary edsger@example.org: 2026-11-01T18:00-06:00 to 2026-11-02T08:00-06:00",
            // The week's turn passes at nine, an hour after the day begins.
            "Primary ada@example.org: 2026-11-02T08:00-06:00 to 2026-11-02T09:00-06:00",
            "Primary grace@example.org: 2026-11-02T09:00-06:00 to 2026-11-02T18:00-06:00",
            "Secondary ada@example.org: 2026-11-02T09:00-06:00 to 2026-11-03T08:00-06:00");
    assertThat(Files.notCarried(read))
        .containsExactly(
            "\"Operations\": Its team was left out. A rotation belongs to the workspace; admins"
                + " change it, and its channel sees it.",
            "\"Operations\", rotation \"Nights\": A team or an escalation in the order became an"
                + " empty place. People take turns here. Put somebody in its place, or take it out.",
            "\"Operations\": Rotations that are on duty at once became roles, the first one"
                + " \"Primary\". Opsgenie has no order among them; see which role each should have.");
  }

  @Test
  void aBackupHasItsOverridesBesideTheSchedule() {
    ImportOutcome.Read read = Files.read("opsgenie-backup.json", "2026-11-02T01:00:00Z");
    ImportedSchedule schedule = read.schedules().getFirst();
    assertThat(Files.lines(schedule, "2026-11-02T01:00:00Z", "2026-11-03T00:00:00Z"))
        .containsExactly(
            "Primary edsger@example.org: 2026-11-02T06:00Z to 2026-11-02T08:00Z",
            "Primary grace@example.org: 2026-11-02T08:00Z to 2026-11-02T12:00Z",
            "Primary ada@example.org: 2026-11-02T12:00Z to 2026-11-02T18:00Z");
    assertThat(schedule.layers().getFirst().until())
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(Files.notCarried(read))
        .containsExactly(
            "\"Nights\", rotation \"Off\": The rotation was left out. It is switched off.");
  }

  @Test
  void aStretchOverDaysIsHeldAllThatTime() {
    String file =
        """
        {"name": "Weekend", "timezone": "UTC", "rotations": [{
          "name": "r", "type": "weekly", "length": 1, "startDate": "2026-11-02T09:00:00Z",
          "participants": [{"type": "user", "username": "ada@example.org"}],
          "timeRestriction": {"type": "weekday-and-time-of-day", "restrictions": [
            {"startDay": "FRIDAY", "startHour": 17, "startMin": 30,
             "endDay": "MONDAY", "endHour": 9, "endMin": 0}]}}]}
        """;
    ImportOutcome.Read read = Files.readText(file, "2026-11-04T00:00:00Z");
    assertThat(
            Files.lines(
                read.schedules().getFirst(), "2026-11-04T00:00:00Z", "2026-11-20T00:00:00Z"))
        .containsExactly(
            "Primary ada@example.org: 2026-11-06T17:30Z to 2026-11-09T09:00Z",
            "Primary ada@example.org: 2026-11-13T17:30Z to 2026-11-16T09:00Z");
    assertThat(read.schedules().getFirst().layers().getFirst().activity().hours()).hasSize(3);
  }
}
