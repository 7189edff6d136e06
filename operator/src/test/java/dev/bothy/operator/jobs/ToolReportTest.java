package dev.bothy.operator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.jobs.ToolReport.DrillCheck;
import dev.bothy.operator.jobs.ToolReport.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a tool leaves, whole, in parts and not at all.
class ToolReportTest {
  @Test
  void aWholeReportIsReadWithAllThatItSays() {
    ToolReport report =
        ToolReport.read(
                """
                {"outcome":"Succeeded","reason":"","message":"Backed up.",
                 "backup":{"id":"20261127t021500z-3f9a1c","name":"nightly","installation":"i",
                           "takenAt":"2026-11-27T02:15:00Z","completedAt":"2026-11-27T02:16:00Z",
                           "version":"0.1.0","bytes":3000000000,"storedBytes":45,"rows":6,"tables":83},
                 "pruned":["old"],"kept":{"20261127t021500z-3f9a1c":"DW"}}
                """)
            .orElseThrow();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.backup())
        .isEqualTo(
            new ToolReport.BackupFacts(
                "20261127t021500z-3f9a1c",
                "nightly",
                "i",
                "2026-11-27T02:15:00Z",
                "2026-11-27T02:16:00Z",
                "0.1.0",
                3_000_000_000L,
                45L,
                6L,
                83));
    assertThat(report.pruned()).containsExactly("old");
    assertThat(report.kept()).isEqualTo(Map.of("20261127t021500z-3f9a1c", "DW"));
    assertThat(report.drill()).isNull();
  }

  @Test
  void whatADrillCheckedIsRead() {
    ToolReport report =
        ToolReport.read(
                """
                {"outcome":"Failed","reason":"DrillFailed","message":"Table a differs.",
                 "drill":{"evidence":"e","seconds":93,
                          "checks":[{"name":"Checksums","result":"FAIL","message":"Table a"}]}}
                """)
            .orElseThrow();

    ToolReport.DrillFacts drill = Objects.requireNonNull(report.drill());
    assertThat(drill.seconds()).isEqualTo(93);
    assertThat(drill.checks()).containsExactly(new DrillCheck("Checksums", "FAIL", "Table a"));
  }

  @Test
  void whatIsMissingIsEmptyAndWhatIsUnknownIsPassedOver() {
    ToolReport report =
        ToolReport.read(
                """
                {"outcome":"RolledBack","later":1,"backup":{"tables":"many"},"kept":[]}
                """)
            .orElseThrow();

    assertThat(report)
        .isEqualTo(new ToolReport(Outcome.ROLLED_BACK, "", "", null, List.of(), Map.of(), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Killed",
        "{\"outcome\":\"Succeeded\",\"backup\":{\"id\":\"2026",
        "{\"outcome\":\"Perhaps\"}",
        "{\"checks\":[]}",
        "[]"
      })
  void whatIsNoReportIsNone(String text) {
    assertThat(ToolReport.read(text)).isEmpty();
  }

  @Test
  void theLastWholeLineOfProgressCounts() {
    assertThat(
            Progress.last(
                """
                Backing up.
                BOTHY-PROGRESS {"phase":"Copying","percent":40,"message":"1 of 3 tables"}
                BOTHY-PROGRESS {"phase":"Copying","percent":141,"message":"2 of 3 tables"}
                {"message":"a line of the log"}
                BOTHY-PROGRESS {"phase":"Copy\
                """))
        .map(Progress::words)
        .contains("Copying 100 %: 2 of 3 tables");
    assertThat(Progress.last("nothing\nBOTHY-PROGRESS 7\n")).isEmpty();
  }
}
