package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegularShiftsTest {
  private static final String NOW = "2026-03-25T12:00:00Z";

  private static String calendar(String events) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Desk\nX-WR-TIMEZONE:Europe/Berlin\n"
        + events
        + "END:VCALENDAR\n";
  }

  private static String event(String who, String start, String end, String rule) {
    return "BEGIN:VEVENT\nUID:"
        + (who + start).hashCode()
        + "\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Europe/Berlin:"
        + start
        + "\nDTEND;TZID=Europe/Berlin:"
        + end
        + "\n"
        + (rule.isEmpty() ? "" : "RRULE:" + rule + "\n")
        + "SUMMARY:"
        + who
        + "\nEND:VEVENT\n";
  }

  private static List<ImportedSchedule> read(String events) {
    return Files.readText(calendar(events), NOW).schedules();
  }

  private static String rule(int weeks) {
    return "FREQ=WEEKLY;INTERVAL=" + weeks;
  }

  @Test
  void weeksThatComeAroundAreTurnsOverBothChangesOfTheClocks() {
    List<ImportedSchedule> read =
        read(
            event("Ada", "20260302T090000", "20260309T090000", rule(3))
                + event("Grace", "20260309T090000", "20260316T090000", rule(3))
                + event("Edsger", "20260316T090000", "20260323T090000", rule(3)));
    assertThat(read)
        .extracting(ImportedSchedule::name)
        .containsExactly("Desk", "Desk (single shifts)");
    ImportedLayer layer = read.getFirst().layers().getFirst();
    assertThat(layer.times().describe()).isEqualTo("every week at 09:00 (Europe/Berlin)");
    assertThat(layer.people())
        .extracting(ImportedPerson::name)
        .containsExactly("Ada", "Grace", "Edsger");
    assertThat(layer.activity().hours()).isEmpty();
    assertThat(read.getFirst().overrides()).isEmpty();
    assertThat(read.getLast().layers()).isEmpty();
    assertThat(Files.lines(read.getFirst(), NOW, "2027-03-01T00:00:00Z"))
        .isEqualTo(Files.lines(read.getLast(), NOW, "2027-03-01T00:00:00Z"));
  }

  @Test
  void theHoursOfTheDayAreHours() {
    String events = "";
    for (int week = 0; week < 8; week++) {
      for (int day = 0; day < 5; day++) {
        String date =
            Instant.parse("2026-03-30T00:00:00Z")
                .plusSeconds(86_400L * (7 * week + day))
                .toString()
                .substring(0, 10)
                .replace("-", "");
        events += event(week % 2 == 0 ? "Ada" : "Grace", date + "T080000", date + "T170000", "");
      }
    }
    ImportedLayer layer = read(events).getFirst().layers().getFirst();
    assertThat(layer.activity().hours().toString()).contains("08:00", "17:00");
    assertThat(Files.lines(read(events).getFirst(), NOW, "2026-04-01T00:00:00Z"))
        .containsExactly(
            "Primary Ada: 2026-03-30T08:00+02:00 to 2026-03-30T17:00+02:00",
            "Primary Ada: 2026-03-31T08:00+02:00 to 2026-03-31T17:00+02:00");
  }

  /// One hour, one person or one time around that is not so, and it is no pattern.
  @ParameterizedTest
  @CsvSource({
    "20260413T090000, 20260420T090000, Grace, true",
    "20260413T090000, 20260420T100000, Grace, false",
    "20260413T100000, 20260420T090000, Grace, false",
    "20260413T090000, 20260420T090000, Edsger, false",
    "20260414T090000, 20260420T090000, Grace, false",
  })
  void onlyWhatIsExactlyRegularIsAPattern(String start, String end, String last, boolean regular) {
    List<ImportedSchedule> read =
        read(
            event("Ada", "20260323T090000", "20260330T090000", "")
                + event("Grace", "20260330T090000", "20260406T090000", "")
                + event("Ada", "20260406T090000", "20260413T090000", "")
                + event(last, start, end, ""));
    assertThat(read.stream().anyMatch(each -> !each.layers().isEmpty())).isEqualTo(regular);
  }

  @Test
  void oneTimeAroundIsNoPattern() {
    List<ImportedSchedule> read =
        read(
            event("Ada", "20260323T090000", "20260330T090000", "")
                + event("Grace", "20260330T090000", "20260406T090000", ""));
    assertThat(read).hasSize(1);
    assertThat(read.getFirst().layers()).isEmpty();
  }

  @Test
  void aThousandEventsAreWindowsOfTemporarySchedules() {
    StringBuilder events = new StringBuilder();
    for (int number = 0; number < 1_000; number++) {
      String start =
          Instant.parse("2026-03-26T00:00:00Z").plusSeconds(3 * 3_600L * number).toString();
      String at = start.substring(0, 19).replaceAll("[-:]", "");
      String end = at.substring(0, 11) + "30" + at.substring(13);
      events.append(event("Person " + number * number % 7, at, end, ""));
    }
    ImportedSchedule schedule = read(events.toString()).getFirst();
    Instant now = Instant.parse(NOW);
    List<ShiftPlan.Window> windows = ShiftPlan.windows(schedule, now);
    assertThat(windows).hasSize(3).allMatch(window -> window.shifts().size() <= 500);
    assertThat(windows.getFirst().from()).isEqualTo(now);
    assertThat(windows.stream().mapToInt(window -> window.shifts().size()).sum())
        .isBetween(1_000, 1_010);
    for (int at = 1; at < windows.size(); at++) {
      assertThat(windows.get(at).from()).isEqualTo(windows.get(at - 1).until());
    }
    assertThat(ShiftPlan.layers(schedule, now))
        .singleElement()
        .satisfies(layer -> assertThat(layer.people()).containsExactly(ImportedPerson.NOBODY))
        .satisfies(layer -> assertThat(layer.start().since()).isBeforeOrEqualTo(now));
  }

  @Test
  void whatNoChangeCanBeIsCounted() {
    String shift =
        "{\"id\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"user\":{\"id\":\"P1\",\"summary\":\"Ada\"}}";
    String file =
        "{\"schedule_layers\":[{\"name\":\"L\",\"rotation_virtual_start\":\"2026-03-02T09:00:00Z\","
            + "\"rotation_turn_length_seconds\":86400,\"users\":[{\"user\":{\"id\":\"P1\",\"summary\":\"Ada\"}}]}],"
            + "\"overrides\":["
            + String.join(
                ",",
                shift.formatted("1", "2026-03-24T09:00:00Z", "2026-03-25T09:00:00Z"),
                shift.formatted("2", "2026-03-25T09:00:00Z", "2026-03-25T12:00:00Z"),
                shift.formatted("3", "2026-03-25T09:00:00Z", "2026-03-25T12:01:30Z"),
                shift.formatted("4", "2026-04-01T09:00:10Z", "2026-04-01T09:00:50Z"),
                shift.formatted("5", "2026-04-01T09:00:00Z", "2027-05-01T09:00:00Z"),
                shift.formatted("6", "2029-04-01T09:00:00Z", "2029-04-02T09:00:00Z"))
            + "]}";
    ImportOutcome.Read read = Files.read(file.getBytes(StandardCharsets.UTF_8), NOW);
    assertThat(read.schedules().getFirst().overrides())
        .singleElement()
        .satisfies(kept -> assertThat(kept.end()).isEqualTo(Instant.parse("2026-03-25T12:01:00Z")));
    assertThat(Files.notCarried(read))
        .contains(
            "\"Schedule 1\": 2 single shifts were left out. Shifts that are over are not carried"
                + " over.",
            "\"Schedule 1\": 3 single shifts were left out. A single shift lasts a minute at least"
                + " and a year at most, and ends within two years.");
  }
}
