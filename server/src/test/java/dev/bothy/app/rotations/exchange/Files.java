package dev.bothy.app.rotations.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Files as other products export them, and what is read from them as lines of text.
final class Files {
  static final List<String> ALL =
      List.of(
          "pagerduty.json",
          "pagerduty-odd.json",
          "opsgenie.json",
          "opsgenie-backup.json",
          "grafana.json",
          "grafana-terraform.json",
          "grafana-final-shifts.json",
          "calendar.ics",
          "pagerduty-final.json",
          "opsgenie-timeline.json",
          "grafana-final.json",
          "calendar-weeks.ics");

  private Files() {}

  static byte[] bytes(String name) {
    try (InputStream file = Files.class.getResourceAsStream("/rotation-files/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ImportOutcome.Read read(String name, String now) {
    return read(bytes(name), now);
  }

  static ImportOutcome.Read read(byte[] file, String now) {
    ImportOutcome outcome = ScheduleFiles.read(file, Instant.parse(now));
    assertThat(outcome).isInstanceOf(ImportOutcome.Read.class);
    return (ImportOutcome.Read) outcome;
  }

  static ImportOutcome.Read readText(String text, String now) {
    return read(text.getBytes(StandardCharsets.UTF_8), now);
  }

  static String refusal(byte[] file) {
    ImportOutcome outcome = ScheduleFiles.read(file, Instant.parse("2026-03-25T12:00:00Z"));
    assertThat(outcome).isInstanceOf(ImportOutcome.Refused.class);
    return ((ImportOutcome.Refused) outcome).message();
  }

  /// Lines such as `Primary ada: 2026-03-25T13:00+01:00 to 2026-03-26T20:00+01:00`, in the zone of
  /// the schedule.
  static List<String> lines(ImportedSchedule schedule, String from, String until) {
    return ImportPreview.shifts(schedule, Instant.parse(from), Instant.parse(until)).stream()
        .map(shift ->
            shift.role()
                + " "
                + shift.person().name()
                + ": "
                + shift.start().atZone(schedule.zone()).toOffsetDateTime()
                + " to "
                + shift.end().atZone(schedule.zone()).toOffsetDateTime())
        .toList();
  }

  static List<String> notCarried(ImportOutcome.Read read) {
    return read.notCarried().stream()
        .map(each -> each.where() + ": " + each.what() + " " + each.why())
        .toList();
  }
}
