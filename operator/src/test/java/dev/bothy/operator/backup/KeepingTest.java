package dev.bothy.operator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.BackupScheduleSpec;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.Keep;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each run clears up among all backups, so none may keep fewer than another one wants.
class KeepingTest {
  @ParameterizedTest(name = "installation {0}, schedules {1}, backup {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -      | -             | -     | -
          -      | -             | 5/1/1 | 5/1/1
          40/1/1 | -             | -     | 40/1/1
          40/1/1 | -             | 5/9/1 | 40/9/1
          -      | 14/2/0        | -     | 14/2/0
          -      | 14/2/0        | 5/1/1 | 14/2/1
          40/1/1 | 14/2/0        | -     | 40/2/1
          -      | none          | 5/1/1 | 30/8/12
          7/1/1  | none          | 5/1/1 | 7/1/1
          -      | 14/2/0 3/40/0 | -     | 14/40/0
          """)
  void theMostOfEachClassIsKept(
      @Nullable String installation,
      @Nullable String schedules,
      @Nullable String backup,
      @Nullable String kept) {
    Bothy bothy =
        Serialization.unmarshal(
            "apiVersion: bothy.dev/v1alpha1\nkind: Bothy\nspec: {mode: Production, backup: {"
                + (installation == null ? "" : "keep: " + Serialization.asJson(keep(installation)))
                + "}}",
            Bothy.class);
    Backup made = new Backup();
    made.setSpec(new BackupSpec(backup == null ? null : keep(backup)));
    List<BackupSchedule> all =
        schedules == null
            ? List.of()
            : Stream.of(schedules.split(" ")).map(KeepingTest::schedule).toList();

    assertThat(Keeping.arguments(made, bothy, all))
        .isEqualTo(kept == null ? List.of() : arguments(kept.split("/")));
  }

  private static List<String> arguments(String[] counts) {
    return List.of(
        "--bothy.backup.keep-daily=" + counts[0],
        "--bothy.backup.keep-weekly=" + counts[1],
        "--bothy.backup.keep-monthly=" + counts[2]);
  }

  private static BackupSchedule schedule(String keep) {
    BackupSchedule schedule = new BackupSchedule();
    schedule.setSpec(
        new BackupScheduleSpec(
            "0 2 * * *", null, null, null, keep.equals("none") ? null : keep(keep)));
    return schedule;
  }

  private static Keep keep(String text) {
    String[] counts = text.split("/");
    return new Keep(
        Integer.valueOf(counts[0]), Integer.valueOf(counts[1]), Integer.valueOf(counts[2]));
  }
}
