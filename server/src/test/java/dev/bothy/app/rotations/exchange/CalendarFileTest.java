package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarFileTest {
  private static final String NOW = "2026-03-25T12:00:00Z";

  @Test
  void eventsAreShiftsAndAHigherLevelStandsFirst() {
    ImportOutcome.Read read = Files.read("calendar.ics", NOW);
    assertThat(read.source()).isEqualTo(ImportSource.ICALENDAR);
    ImportedSchedule schedule = read.schedules().getFirst();
    assertThat(schedule.name()).isEqualTo("Support");
    assertThat(schedule.layers()).isEmpty();
    assertThat(Files.lines(schedule, NOW, "2026-04-07T00:00:00Z"))
        .containsExactly(
            "Primary ada: 2026-03-25T13:00+01:00 to 2026-03-29T01:00+01:00",
            "Primary edsger@example.org: 2026-03-29T01:00+01:00 to 2026-03-29T06:00+02:00",
            "Primary ada: 2026-03-29T06:00+02:00 to 2026-03-30T09:00+02:00",
            "Primary grace@example.org: 2026-03-30T09:00+02:00 to 2026-04-06T09:00+02:00",
            "Primary ada: 2026-04-06T09:00+02:00 to 2026-04-07T02:00+02:00");
    assertThat(schedule.overrides().getLast().end())
        .isBefore(Instant.parse(NOW).plus(CalendarFile.HORIZON).plus(Duration.ofDays(8)));
    assertThat(Files.notCarried(read))
        .anyMatch(each -> each.startsWith("line "))
        .contains(
            "the file: Repeating events became single shifts, for a year from now. They are no"
                + " turns that everybody takes in the same order. Put people into the order once"
                + " the rotation is made, and they go on.");
  }

  @ParameterizedTest
  @CsvSource({
    "On Call - Rob Pike - Support Schedule, Rob Pike,",
    "on-call: Rob, Rob,",
    "'[L12] rob@example.org (Support)', rob@example.org, rob@example.org",
    "Support: Rob Pike, Rob Pike,",
    "On duty: Support desk, Support,",
    "Rob, Rob,",
  })
  void theTitleNamesThePerson(String title, String name, String email) {
    String file =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        X-WR-CALNAME:Support
        BEGIN:VEVENT
        UID:1
        DTSTAMP:20260101T000000Z
        DTSTART:20260401T080000Z
        DTEND:20260401T100000Z
        SUMMARY:%s
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(title);
    ImportedPerson person =
        Files.readText(file, NOW).schedules().getFirst().overrides().getFirst().person();
    assertThat(person).isEqualTo(new ImportedPerson(name, email));
  }

  @Test
  void ourOwnFeedComesBack() {
    List<NamedShift> shifts =
        List.of(
            CalendarFeedTest.shift("Desk", "Primary", "Ada", "2026-04-01T08:00:00Z", 8),
            CalendarFeedTest.shift("Desk", "Primary", null, "2026-04-01T16:00:00Z", 8),
            CalendarFeedTest.shift("Desk", "Primary", "Grace", "2026-04-02T00:00:00Z", 8));
    String feed =
        new CalendarFeed(
                "Desk", CalendarFeed.View.ROTATION, Duration.ofHours(1), Instant.parse(NOW))
            .published(shifts);
    assertThat(
            Files.lines(
                Files.readText(feed, NOW).schedules().getFirst(), NOW, "2026-05-01T00:00:00Z"))
        .containsExactly(
            "Primary Ada: 2026-04-01T08:00Z to 2026-04-01T16:00Z",
            "Primary Grace: 2026-04-02T00:00Z to 2026-04-02T08:00Z");
  }
}
