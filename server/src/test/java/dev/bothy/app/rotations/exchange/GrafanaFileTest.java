package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrafanaFileTest {
  private static final String NOW = "2026-10-21T10:00:00Z";

  /// By hand, after Grafana's words: a higher level stands before a lower one, weekly shifts roll
  /// over with the week, daily ones with days of the week on these days alone, and times are of the
  /// schedule's wall clock, whose clocks go back on the 25th.
  @Test
  void theShiftsAreThoseThatGrafanaShows() {
    ImportOutcome.Read read = Files.read("grafana.json", NOW);
    assertThat(read.source()).isEqualTo(ImportSource.GRAFANA);
    assertThat(read.schedules()).extracting(ImportedSchedule::name).containsExactly("Desk");
    assertThat(Files.lines(read.schedules().getFirst(), NOW, "2026-10-26T23:00:00Z"))
        .containsExactly(
            "Primary edsger: 2026-10-21T12:00+02:00 to 2026-10-21T17:00+02:00",
            "Primary ada: 2026-10-21T18:00+02:00 to 2026-10-22T09:00+02:00",
            "Primary edsger: 2026-10-22T09:00+02:00 to 2026-10-22T17:00+02:00",
            "Primary ada: 2026-10-22T17:00+02:00 to 2026-10-22T18:00+02:00",
            "Primary edsger: 2026-10-23T09:00+02:00 to 2026-10-23T12:00+02:00",
            "Primary grace: 2026-10-23T12:00+02:00 to 2026-10-23T14:00+02:00",
            "Primary edsger: 2026-10-23T14:00+02:00 to 2026-10-23T17:00+02:00",
            "Primary edsger: 2026-10-23T18:00+02:00 to 2026-10-24T18:00+02:00",
            "Primary ada: 2026-10-26T09:00+01:00 to 2026-10-26T17:00+01:00",
            "Primary ada: 2026-10-26T18:00+01:00 to 2026-10-27T00:00+01:00");
    assertThat(Files.notCarried(read))
        .containsExactly(
            "\"Desk\": Its channel and user group were left out. Choose the channel when you make"
                + " the rotation, and the group on its page afterwards.",
            "\"From a calendar\": What its iCalendar address (ical_url_primary) holds was left out."
                + " The file has the address alone. Download the calendar, and import that file as"
                + " well.",
            "\"From a calendar\": The schedule was left out. Nothing is left of it.");
  }

  /// Lists of people become roles; an event of every other week leaves empty places; a shift has a
  /// zone of its own.
  @Test
  void aTerraformStateIsRead() {
    String now = "2026-03-10T12:00:00Z";
    ImportOutcome.Read read = Files.read("grafana-terraform.json", now);
    assertThat(Files.lines(read.schedules().getFirst(), now, "2026-03-18T00:00:00Z"))
        .containsExactly(
            "Primary cleo@example.org: 2026-03-10T12:00Z to 2026-03-15T10:00Z",
            "Primary dana@example.org: 2026-03-15T10:00Z to 2026-03-15T12:00Z",
            "Primary cleo@example.org: 2026-03-15T12:00Z to 2026-03-16T04:00Z",
            "Primary alex@example.org: 2026-03-16T04:00Z to 2026-03-18T00:00Z",
            "Secondary bo@example.org: 2026-03-16T04:00Z to 2026-03-18T00:00Z");
    assertThat(Files.notCarried(read))
        .containsExactly(
            "\"Team\", shift \"Payday\": The shift was left out. It uses `by_monthday`, which has no"
                + " match here: add a layer by hand, or import the schedule's final shifts as single"
                + " shifts.",
            "\"Team\": Several people who are on duty at once became roles, the first one"
                + " \"Primary\". A shift of a higher level stands before that of the same role"
                + " alone, and an override before \"Primary\" alone.");
  }

  @Test
  void finalShiftsAreShiftsAlone() {
    String now = "2026-01-03T00:00:00Z";
    ImportOutcome.Read read = Files.read("grafana-final-shifts.json", now);
    ImportedSchedule schedule = read.schedules().getFirst();
    assertThat(schedule.layers()).isEmpty();
    assertThat(Files.lines(schedule, now, "2026-02-01T00:00:00Z"))
        .containsExactly(
            "Primary bob: 2026-01-05T09:00Z to 2026-01-05T17:00Z",
            "Secondary alice: 2026-01-05T16:00Z to 2026-01-05T20:00Z");
    assertThat(schedule.overrides().getFirst().person().email()).isEqualTo("bob@example.org");
  }

  @Test
  void aMonthIsAMonth() {
    String file =
        """
        [{"id": "O1", "name": "Month", "type": "rolling_users", "start": "2026-01-31T09:00:00",
          "time_zone": "UTC", "duration": 2678400, "frequency": "monthly", "interval": 1,
          "rolling_users": [["ada@example.org"], ["grace@example.org"]]}]
        """;
    ImportOutcome.Read read = Files.readText(file, "2026-02-10T00:00:00Z");
    assertThat(
            Files.lines(
                read.schedules().getFirst(), "2026-02-10T00:00:00Z", "2026-04-30T09:00:00Z"))
        .containsExactly(
            "Primary ada@example.org: 2026-02-10T00:00Z to 2026-02-28T09:00Z",
            "Primary grace@example.org: 2026-02-28T09:00Z to 2026-03-31T09:00Z",
            "Primary ada@example.org: 2026-03-31T09:00Z to 2026-04-30T09:00Z");
  }
}
