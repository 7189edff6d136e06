package dev.bothy.app.rotations.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the plans of other products out of the files that these export: PagerDuty, Opsgenie and
/// Grafana OnCall (JSON of their APIs), and iCalendar files of anybody. Which one it is, is told by
/// what is in it.
///
/// Nothing of a file is trusted: it is bounded in size, depth and number, and what is wrong with a
/// part of it costs that part alone and is said in [ImportOutcome.Read#notCarried].
public final class ScheduleFiles {
  /// A longer file is refused.
  public static final int MOST_BYTES = Limits.MOST_BYTES;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Limits.DEEPEST)
                          .maxStringLength(100_000)
                          .maxNumberLength(30)
                          .maxNameLength(1_000)
                          .build())
                  .build())
          .build();

  private ScheduleFiles() {}

  /// @param now what is over by then is left out, and turns are counted from then on
  public static ImportOutcome read(byte[] file, Instant now) {
    if (file.length > MOST_BYTES) {
      return new ImportOutcome.Refused(
          "The file has " + file.length + " bytes; it takes up to " + MOST_BYTES + ".");
    }
    String begin =
        new String(file, 0, Math.min(file.length, 200), StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .stripLeading();
    if (begin.isEmpty()) {
      return new ImportOutcome.Refused("The file is empty.");
    }
    if (begin.regionMatches(true, 0, "BEGIN:VCALENDAR", 0, 15)) {
      return CalendarFile.read(file, now);
    }
    if (begin.charAt(0) != '{' && begin.charAt(0) != '[') {
      return new ImportOutcome.Refused(
          "The file is neither JSON nor an iCalendar file. It takes exports of PagerDuty, Opsgenie"
              + " and Grafana OnCall, and .ics files.");
    }
    try {
      return json(JSON.readTree(file), now);
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      return new ImportOutcome.Refused(
          "The file is no JSON that can be read"
              + where
              + ": it is cut off, malformed or nested"
              + " deeper than "
              + Limits.DEEPEST
              + ".");
    }
  }

  private static ImportOutcome json(JsonNode file, Instant now) {
    Report report = new Report();
    if (file.findParent(PagerDutyFile.SIGN) != null) {
      return outcome(
          ImportSource.PAGERDUTY,
          file.findParents(PagerDutyFile.SIGN).size(),
          () -> new PagerDutyFile(now, report).read(file),
          report);
    }
    if (file.findParents(OpsgenieFile.SIGN).stream().anyMatch(OpsgenieFile::isSchedule)) {
      return outcome(
          ImportSource.OPSGENIE,
          (int)
              file.findParents(OpsgenieFile.SIGN).stream().filter(OpsgenieFile::isSchedule).count(),
          () -> new OpsgenieFile(now, report).read(file),
          report);
    }
    if (GrafanaFile.isOne(file)) {
      return outcome(
          ImportSource.GRAFANA,
          GrafanaFile.schedules(file),
          () -> new GrafanaFile(now, report).read(file),
          report);
    }
    return new ImportOutcome.Refused(
        "The file is JSON, but none that is known: it has no schedule_layers (PagerDuty), no"
            + " rotations (Opsgenie) and no on-call shifts (Grafana OnCall).");
  }

  private interface Reading {
    List<ImportedSchedule> schedules();
  }

  private static ImportOutcome outcome(
      ImportSource source, int count, Reading reading, Report report) {
    if (count > Limits.MOST_SCHEDULES) {
      return new ImportOutcome.Refused(
          "There are "
              + count
              + " schedules in the file; it takes up to "
              + Limits.MOST_SCHEDULES
              + ".");
    }
    List<ImportedSchedule> schedules = new ArrayList<>();
    String reason = "";
    for (ImportedSchedule schedule : reading.schedules()) {
      if (schedule.layers().isEmpty() && schedule.overrides().isEmpty()) {
        reason = lastReason(report);
        report.add(
            "\"" + schedule.name() + "\"", "The schedule was left out.", "Nothing is left of it.");
      } else {
        schedules.add(schedule);
      }
    }
    if (schedules.isEmpty()) {
      return new ImportOutcome.Refused(
          "No schedule of the file can be used."
              + (reason.isEmpty() ? lastReason(report) : reason));
    }
    return new ImportOutcome.Read(source, schedules, report.all());
  }

  /// Why something was left out last, after a space; empty if nothing was.
  private static String lastReason(Report report) {
    return report.all().reversed().stream()
        .filter(each -> each.what().endsWith(" left out."))
        .findFirst()
        .map(each -> " " + each.why())
        .orElse("");
  }
}
