package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Keep;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreSpec;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.backup.BackupMarks;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A Backup's way, against an API server.
@Tag("real")
class BackupTest {
  private static final String FAILED =
      "{\"outcome\":\"Failed\",\"reason\":\"StorageAway\",\"message\":\"The store does not answer\"}";
  private static final String REFUSED =
      "{\"outcome\":\"Refused\",\"reason\":\"StorageRefused\",\"message\":\"The store knows no such"
          + " key: mend the Secret storage\"}";

  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(ApiServer.shared());
  }

  @AfterEach
  void end() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void itRunsTheServersBackupAndSaysWhatIsInTheStore() {
    cluster.install(Examples.withStorage());
    create("one");

    Job job = cluster.job("backup");
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getArgs())
        .containsExactly("backup", "--report=/dev/termination-log", "--name=one");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("secrets"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getProjected().getSources())
                .flatExtracting(source -> source.getSecret().getItems())
                .extracting("path")
                .containsExactlyInAnyOrder(
                    "bothy.backup.password",
                    "bothy.storage.access-key",
                    "bothy.storage.secret-key"));
    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Running);
      assertThat(cluster.metric("bothy_operator_backup_running")).isEqualTo(1);
    });

    cluster.end(job, true, report("20261127t020000z-aaaaaa", "D", ""));
    Eventually.holds(() -> {
      BackupStatus status = status("one");
      assertThat(status.phase()).isEqualTo(Phase.Succeeded);
      assertThat(status.backupId()).isEqualTo("20261127t020000z-aaaaaa");
      assertThat(status.size()).isEqualTo("45 MB");
      assertThat(status.rows()).isEqualTo(6);
      assertThat(status.version()).isEqualTo("1.2.3");
      assertThat(status.classes()).isEqualTo("Daily");
      assertThat(status.attempts()).isEqualTo(1);
      assertThat(complete("one").getStatus()).isEqualTo("True");
      assertThat(cluster.metric("bothy_operator_backup_last_success_timestamp_seconds"))
          .isEqualTo(Instant.parse("2026-11-27T02:01:00Z").getEpochSecond());
      assertThat(cluster.metric("bothy_operator_backup_running")).isZero();
    });
  }

  @Test
  void aSecondLookWritesNothing() {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.job("backup");
    Eventually.holds(() -> assertThat(status("one").phase()).isEqualTo(Phase.Running));
    String version = version("one");
    double seen = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(seen + 3));

    assertThat(version("one")).isEqualTo(version);
  }

  @Test
  void withoutAStoreItWaitsAndSaysWhatIsMissing() {
    cluster.install(Examples.production());
    create("one");

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Pending);
      assertThat(complete("one").getReason()).isEqualTo("NotConfigured");
      assertThat(complete("one").getMessage()).contains("spec.storage");
    });
    assertThat(backupJobs()).isEmpty();
  }

  @Test
  void anOperatorThatWasReplacedWhileItRanGoesOnWithTheSameJob() throws IOException {
    cluster.install(Examples.withStorage());
    create("one");
    Job job = cluster.job("backup");
    cluster.replaceOperator(
        () -> cluster.end(job, true, report("20261127t020000z-aaaaaa", "D", "")));

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Succeeded);
      assertThat(status("one").attempts()).isEqualTo(1);
    });
  }

  @Test
  void anOperatorThatWasKilledBeforeItCouldSayThatItRunsFindsTheJob() throws IOException {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.job("backup");
    Eventually.holds(() -> assertThat(status("one").phase()).isEqualTo(Phase.Running));
    cluster.replaceOperator(() -> {
      Backup backup = backup("one");
      backup.setStatus(BackupStatus.none());
      cluster.client.resource(backup).updateStatus();
    });

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Running);
      assertThat(status("one").attempts()).isEqualTo(1);
    });
    assertThat(backupJobs()).hasSize(1);
  }

  @Test
  void anOperatorThatWasKilledAfterItClearedUpAndBeforeItCouldSaySoDoesItAgain()
      throws IOException {
    cluster.install(Examples.withStorage());
    succeed("one", report("20261127t020000z-aaaaaa", "D", ""));
    create("two");
    String now = cluster.clock.instant().toString();
    String report =
        report("20261127t030000z-bbbbbb", "W", "\"20261127t020000z-aaaaaa\"")
            // Its Job stays for a while.
            .replace("2026-11-27T02:01:00Z", now);
    cluster.end(cluster.job("backup"), true, report);
    Eventually.holds(() -> assertThat(status("two").phase()).isEqualTo(Phase.Succeeded));
    cluster.replaceOperator(() -> {
      Backup two = backup("two");
      two.setStatus(BackupStatus.none());
      cluster.client.resource(two).updateStatus();
    });

    Eventually.holds(() -> {
      assertThat(status("two").phase()).isEqualTo(Phase.Succeeded);
      assertThat(status("two").backupId()).isEqualTo("20261127t030000z-bbbbbb");
      assertThat(status("two").classes()).isEqualTo("Weekly");
      assertThat(status("two").attempts()).isEqualTo(1);
    });
    assertThat(
            cluster
                .client
                .resources(Backup.class)
                .inNamespace(cluster.namespace)
                .withName("one")
                .get())
        .isNull();
  }

  @Test
  void oneThatFailsIsTriedAgainAfterPausesThatGrowAndThenGivenUp() {
    cluster.install(Examples.withStorage());
    create("one");
    List<Duration> pauses =
        List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));
    for (int attempt = 1; attempt <= 5; attempt++) {
      cluster.end(cluster.job("backup"), false, FAILED);
      if (attempt < 5) {
        int tried = attempt;
        Duration pause = pauses.get(attempt - 1);
        Eventually.holds(() -> {
          assertThat(status("one").phase()).isEqualTo(Phase.Pending);
          assertThat(status("one").attempts()).isEqualTo(tried);
          assertThat(complete("one").getReason()).isEqualTo("StorageAway");
          assertThat(complete("one").getMessage())
              .startsWith("Try " + tried + " of 5: The store does not answer");
          assertThat(status("one").retryAt())
              .isEqualTo(cluster.clock.instant().plus(pause).toString());
        });
        cluster.clock.pass(pause);
      }
    }

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Failed);
      assertThat(complete("one").getReason()).isEqualTo("StorageAway");
      assertThat(complete("one").getMessage()).contains("tried 5 times and is given up");
      assertThat(cluster.metric("bothy_operator_backup_failures")).isEqualTo(1);
    });
  }

  @Test
  void oneThatIsRefusedIsNotTriedAgain() {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.end(cluster.job("backup"), 3, REFUSED);

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Failed);
      assertThat(complete("one").getReason()).isEqualTo("StorageRefused");
      assertThat(complete("one").getMessage()).contains("mend the Secret storage");
    });
  }

  @Test
  void oneThatWasKilledIsTriedAgain() {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.end(cluster.job("backup"), 137, "");
    Eventually.holds(() -> assertThat(complete("one").getReason()).isEqualTo("Killed"));
    cluster.clock.pass(Duration.ofSeconds(30));

    cluster.end(cluster.job("backup"), true, report("20261127t020000z-aaaaaa", "D", ""));
    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Succeeded);
      assertThat(status("one").attempts()).isEqualTo(2);
    });
  }

  @Test
  void oneWhoseJobSomebodyTookAwayIsTriedAgain() {
    cluster.install(Examples.withStorage());
    create("one");
    Job job = cluster.job("backup");
    Eventually.holds(() -> assertThat(status("one").phase()).isEqualTo(Phase.Running));
    cluster.take(job);
    Eventually.holds(() -> assertThat(complete("one").getReason()).isEqualTo("Killed"));
    cluster.clock.pass(Duration.ofSeconds(30));

    assertThat(cluster.job("backup").getMetadata().getName())
        .isNotEqualTo(job.getMetadata().getName());
  }

  @Test
  void oneThatDoesNotGetOnIsEndedAndTriedAgain() {
    cluster.install(Examples.withStorage());
    create("one");
    Job job = cluster.job("backup");
    Eventually.holds(() -> assertThat(status("one").phase()).isEqualTo(Phase.Running));
    cluster.clock.pass(Duration.ofMinutes(30));

    Eventually.holds(() -> {
      assertThat(complete("one").getReason()).isEqualTo("Stuck");
      assertThat(complete("one").getMessage()).contains("did not get on for 30 minutes");
      assertThat(backupJobs()).isEmpty();
    });
    cluster.clock.pass(Duration.ofSeconds(30));
    assertThat(cluster.job("backup").getMetadata().getName())
        .isNotEqualTo(job.getMetadata().getName());
  }

  @Test
  void oneWhosePodCannotBeStartedSaysWhyAndIsEndedSooner() {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.pod(cluster.job("backup"), Cluster.cannotPull());
    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Running);
      assertThat(complete("one").getMessage()).contains("cannot be pulled");
    });
    cluster.clock.pass(Duration.ofMinutes(10));

    Eventually.holds(() -> {
      assertThat(complete("one").getReason()).isEqualTo("Stuck");
      assertThat(complete("one").getMessage()).contains("cannot be pulled");
    });
  }

  @Test
  void twoNeverRunAtOnceAndTheSecondSaysThatItWaits() {
    cluster.install(Examples.withStorage());
    create("one");
    Job first = cluster.job("backup");
    create("two");
    Eventually.holds(() -> {
      assertThat(complete("two").getReason()).isEqualTo("AnotherRuns");
      assertThat(complete("two").getMessage()).contains("Backup one");
    });
    assertThat(backupJobs()).hasSize(1);

    cluster.end(first, true, report("20261127t020000z-aaaaaa", "D", ""));
    Job second = cluster.job("backup");
    assertThat(second.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("two");
  }

  @Test
  void noneRunsWhileARestoreDoesButTheOneThatTheRestoreAskedFor() {
    cluster.install(Examples.withStorage());
    Restore restore = new Restore();
    restore.getMetadata().setName("back");
    restore.getMetadata().setNamespace(cluster.namespace);
    restore.setSpec(Serialization.unmarshal("from: {newest: Newest}", RestoreSpec.class));
    cluster.client.resource(restore).create();
    Job check = cluster.job("restore-check");
    Eventually.holds(() ->
        assertThat(cluster.client.resource(restore).get().getStatus())
            .extracting(RestoreStatus::phase)
            .isEqualTo(RestoreStatus.Phase.Checking));
    create("one");
    Eventually.holds(() -> {
      assertThat(complete("one").getReason()).isEqualTo("RestoreRuns");
      assertThat(complete("one").getMessage()).contains("Restore back");
    });
    assertThat(backupJobs()).isEmpty();

    cluster.end(check, true, report("20261127t020000z-aaaaaa", "D", ""));
    Job safety = cluster.job("backup");
    assertThat(safety.getMetadata().getOwnerReferences().getFirst().getName()).isNotEqualTo("one");
    cluster.end(safety, 3, REFUSED);
    Job job = cluster.job("backup");
    assertThat(job.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("one");
  }

  @Test
  void whatRetentionTookAwayGoesAndWhatItKeepsSaysWhy() {
    cluster.install(Examples.withStorage());
    succeed("one", report("20261127t020000z-aaaaaa", "D", ""));
    succeed("two", report("20261127t030000z-bbbbbb", "DWM", ""));
    new BackupMarks(cluster.client, cluster.namespace)
        .verified("20261127t030000z-bbbbbb", Instant.parse("2026-11-29T04:00:00Z"));
    create("three");
    cluster.end(
        cluster.job("backup"),
        true,
        """
        {"outcome":"Succeeded","message":"Backed up.","backup":{"id":"20261127t040000z-cccccc"},
         "pruned":["20261127t020000z-aaaaaa","made-elsewhere"],
         "kept":{"20261127t030000z-bbbbbb":"M","20261127t040000z-cccccc":"D"}}
        """);

    Eventually.holds(() -> {
      assertThat(
              cluster
                  .client
                  .resources(Backup.class)
                  .inNamespace(cluster.namespace)
                  .list()
                  .getItems())
          .extracting(backup -> backup.getMetadata().getName())
          .containsExactlyInAnyOrder("two", "three");
      assertThat(status("two").classes()).isEqualTo("Monthly");
      assertThat(status("two").verifiedAt()).isEqualTo("2026-11-29T04:00:00Z");
      assertThat(status("two").phase()).isEqualTo(Phase.Succeeded);
      assertThat(status("three").classes()).isEqualTo("Daily");
      assertThat(status("three").phase()).isEqualTo(Phase.Succeeded);
    });
  }

  @Test
  void aSuccessWhoseReportIsLostIsMadeAgain() {
    cluster.install(Examples.withStorage());
    create("one");
    cluster.end(cluster.job("backup"), true, "");

    Eventually.holds(() -> {
      assertThat(status("one").phase()).isEqualTo(Phase.Pending);
      assertThat(complete("one").getReason()).isEqualTo("ReportLost");
    });
  }

  @Test
  void whatWasAskedForCannotBeChanged() {
    create("one");
    Backup backup = backup("one");
    backup.setSpec(new BackupSpec(new Keep(1, 1, 1)));

    assertThatThrownBy(() -> cluster.client.resource(backup).update())
        .hasMessageContaining("a backup cannot be changed");
  }

  private void succeed(String name, String report) {
    create(name);
    cluster.end(cluster.job("backup"), true, report);
    Eventually.holds(() -> assertThat(status(name).phase()).isEqualTo(Phase.Succeeded));
  }

  private static String report(String id, String letters, String pruned) {
    return """
    {"outcome":"Succeeded","reason":"","message":"Backed up.",
     "backup":{"id":"%1$s","takenAt":"2026-11-27T02:00:00Z","completedAt":"2026-11-27T02:01:00Z",
               "version":"1.2.3","bytes":123456789,"storedBytes":45000000,"rows":6,"tables":83},
     "pruned":[%3$s],"kept":{"%1$s":"%2$s"}}
    """
        .formatted(id, letters, pruned);
  }

  private void create(String name) {
    Backup backup = new Backup();
    backup.getMetadata().setName(name);
    backup.getMetadata().setNamespace(cluster.namespace);
    backup.setSpec(new BackupSpec(null));
    cluster.client.resource(backup).create();
  }

  private Backup backup(String name) {
    return Objects.requireNonNull(
        cluster.client.resources(Backup.class).inNamespace(cluster.namespace).withName(name).get(),
        "no Backup");
  }

  private BackupStatus status(String name) {
    return Objects.requireNonNull(backup(name).getStatus(), "no status yet");
  }

  private Condition complete(String name) {
    return status(name).conditions().stream()
        .filter(condition -> condition.getType().equals("Complete"))
        .findFirst()
        .orElseThrow();
  }

  private String version(String name) {
    return backup(name).getMetadata().getResourceVersion();
  }

  private List<Job> backupJobs() {
    return cluster
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace)
        .withLabel("app.kubernetes.io/component", "backup")
        .list()
        .getItems();
  }
}
