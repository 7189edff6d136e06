package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Keep;
import dev.bothy.operator.backup.BackupMarks;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A Backup's way, against an API server.
@Tag("real")
class BackupTest {
  private static final String FAILED =
      "{\"outcome\":\"Failed\",\"reason\":\"StorageAway\",\"message\":\"The store does not answer\"}";

  private Cluster cluster;
  private Backups backups;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(ApiServer.shared());
    backups = new Backups(cluster);
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
    backups.create("one");

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
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Running);
      assertThat(cluster.metric("bothy_operator_backup_running")).isEqualTo(1);
    });

    cluster.end(job, true, Backups.report("20261127t020000z-aaaaaa", "D", ""));
    Eventually.holds(() -> {
      BackupStatus status = backups.status("one");
      assertThat(status.phase()).isEqualTo(Phase.Succeeded);
      assertThat(status.backupId()).isEqualTo("20261127t020000z-aaaaaa");
      assertThat(status.size()).isEqualTo("45 MB");
      assertThat(status.rows()).isEqualTo(6);
      assertThat(status.version()).isEqualTo("1.2.3");
      assertThat(status.classes()).isEqualTo("Daily");
      assertThat(status.attempts()).isEqualTo(1);
      assertThat(backups.complete("one").getStatus()).isEqualTo("True");
      assertThat(cluster.metric("bothy_operator_backup_last_success_timestamp_seconds"))
          .isEqualTo(Instant.parse("2026-11-27T02:01:00Z").getEpochSecond());
      assertThat(cluster.metric("bothy_operator_backup_running")).isZero();
    });
  }

  @Test
  void aSecondLookWritesNothing() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.job("backup");
    Eventually.holds(() -> assertThat(backups.status("one").phase()).isEqualTo(Phase.Running));
    String version = backups.version("one");
    double seen = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(seen + 3));

    assertThat(backups.version("one")).isEqualTo(version);
  }

  @Test
  void anOperatorThatWasReplacedWhileItRanGoesOnWithTheSameJob() throws IOException {
    cluster.install(Examples.withStorage());
    backups.create("one");
    Job job = cluster.job("backup");
    cluster.replaceOperator(
        () -> cluster.end(job, true, Backups.report("20261127t020000z-aaaaaa", "D", "")));

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Succeeded);
      assertThat(backups.status("one").attempts()).isEqualTo(1);
    });
  }

  @Test
  void anOperatorThatWasKilledBeforeItCouldSayThatItRunsFindsTheJob() throws IOException {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.job("backup");
    Eventually.holds(() -> assertThat(backups.status("one").phase()).isEqualTo(Phase.Running));
    cluster.replaceOperator(() -> {
      Backup backup = backups.backup("one");
      backup.setStatus(BackupStatus.none());
      cluster.client.resource(backup).updateStatus();
    });

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Running);
      assertThat(backups.status("one").attempts()).isEqualTo(1);
    });
    assertThat(backups.jobs()).hasSize(1);
  }

  @Test
  void anOperatorThatWasKilledAfterItClearedUpAndBeforeItCouldSaySoDoesItAgain()
      throws IOException {
    cluster.install(Examples.withStorage());
    backups.succeed("one", Backups.report("20261127t020000z-aaaaaa", "D", ""));
    backups.create("two");
    String now = cluster.clock.instant().toString();
    String report =
        Backups.report("20261127t030000z-bbbbbb", "W", "\"20261127t020000z-aaaaaa\"")
            // Its Job stays for a while.
            .replace("2026-11-27T02:01:00Z", now);
    cluster.end(cluster.job("backup"), true, report);
    Eventually.holds(() -> assertThat(backups.status("two").phase()).isEqualTo(Phase.Succeeded));
    cluster.replaceOperator(() -> {
      Backup two = backups.backup("two");
      two.setStatus(BackupStatus.none());
      cluster.client.resource(two).updateStatus();
    });

    Eventually.holds(() -> {
      assertThat(backups.status("two").phase()).isEqualTo(Phase.Succeeded);
      assertThat(backups.status("two").backupId()).isEqualTo("20261127t030000z-bbbbbb");
      assertThat(backups.status("two").classes()).isEqualTo("Weekly");
      assertThat(backups.status("two").attempts()).isEqualTo(1);
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
    backups.create("one");
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
          assertThat(backups.status("one").phase()).isEqualTo(Phase.Pending);
          assertThat(backups.status("one").attempts()).isEqualTo(tried);
          assertThat(backups.complete("one").getReason()).isEqualTo("StorageAway");
          assertThat(backups.complete("one").getMessage())
              .startsWith("Try " + tried + " of 5: The store does not answer");
          assertThat(backups.status("one").retryAt())
              .isEqualTo(cluster.clock.instant().plus(pause).toString());
        });
        cluster.clock.pass(pause);
      }
    }

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Failed);
      assertThat(backups.complete("one").getReason()).isEqualTo("StorageAway");
      assertThat(backups.complete("one").getMessage()).contains("tried 5 times and is given up");
      assertThat(cluster.metric("bothy_operator_backup_failures")).isEqualTo(1);
    });
  }

  @Test
  void oneThatIsRefusedIsNotTriedAgain() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.end(cluster.job("backup"), 3, Backups.REFUSED);

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Failed);
      assertThat(backups.complete("one").getReason()).isEqualTo("StorageRefused");
      assertThat(backups.complete("one").getMessage()).contains("mend the Secret storage");
    });
  }

  @Test
  void oneThatWasKilledIsTriedAgain() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.end(cluster.job("backup"), 137, "");
    Eventually.holds(() -> assertThat(backups.complete("one").getReason()).isEqualTo("Killed"));
    cluster.clock.pass(Duration.ofSeconds(30));

    cluster.end(cluster.job("backup"), true, Backups.report("20261127t020000z-aaaaaa", "D", ""));
    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Succeeded);
      assertThat(backups.status("one").attempts()).isEqualTo(2);
    });
  }

  @Test
  void oneWhoseJobSomebodyTookAwayIsTriedAgain() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    Job job = cluster.job("backup");
    Eventually.holds(() -> assertThat(backups.status("one").phase()).isEqualTo(Phase.Running));
    cluster.take(job);
    Eventually.holds(() -> assertThat(backups.complete("one").getReason()).isEqualTo("Killed"));
    cluster.clock.pass(Duration.ofSeconds(30));

    assertThat(cluster.job("backup").getMetadata().getName())
        .isNotEqualTo(job.getMetadata().getName());
  }

  @Test
  void oneThatDoesNotGetOnIsEndedAndTriedAgain() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    Job job = cluster.job("backup");
    Eventually.holds(() -> assertThat(backups.status("one").phase()).isEqualTo(Phase.Running));
    cluster.clock.pass(Duration.ofMinutes(30));

    Eventually.holds(() -> {
      assertThat(backups.complete("one").getReason()).isEqualTo("Stuck");
      assertThat(backups.complete("one").getMessage()).contains("did not get on for 30 minutes");
      assertThat(backups.jobs()).isEmpty();
    });
    cluster.clock.pass(Duration.ofSeconds(30));
    assertThat(cluster.job("backup").getMetadata().getName())
        .isNotEqualTo(job.getMetadata().getName());
  }

  @Test
  void oneWhosePodCannotBeStartedSaysWhyAndIsEndedSooner() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.pod(cluster.job("backup"), Cluster.cannotPull());
    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Running);
      assertThat(backups.complete("one").getMessage()).contains("cannot be pulled");
    });
    cluster.clock.pass(Duration.ofMinutes(10));

    Eventually.holds(() -> {
      assertThat(backups.complete("one").getReason()).isEqualTo("Stuck");
      assertThat(backups.complete("one").getMessage()).contains("cannot be pulled");
    });
  }

  @Test
  void whatRetentionTookAwayGoesAndWhatItKeepsSaysWhy() {
    cluster.install(Examples.withStorage());
    backups.succeed("one", Backups.report("20261127t020000z-aaaaaa", "D", ""));
    backups.succeed("two", Backups.report("20261127t030000z-bbbbbb", "DWM", ""));
    new BackupMarks(cluster.client, cluster.namespace)
        .verified("20261127t030000z-bbbbbb", Instant.parse("2026-11-29T04:00:00Z"));
    backups.create("three");
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
      assertThat(backups.status("two").classes()).isEqualTo("Monthly");
      assertThat(backups.status("two").verifiedAt()).isEqualTo("2026-11-29T04:00:00Z");
      assertThat(backups.status("two").phase()).isEqualTo(Phase.Succeeded);
      assertThat(backups.status("three").classes()).isEqualTo("Daily");
      assertThat(backups.status("three").phase()).isEqualTo(Phase.Succeeded);
    });
  }

  @Test
  void aSuccessWhoseReportIsLostIsMadeAgain() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    cluster.end(cluster.job("backup"), true, "");

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Pending);
      assertThat(backups.complete("one").getReason()).isEqualTo("ReportLost");
    });
  }

  @Test
  void whatWasAskedForCannotBeChanged() {
    backups.create("one");
    Backup backup = backups.backup("one");
    backup.setSpec(new BackupSpec(new Keep(1, 1, 1)));

    assertThatThrownBy(() -> cluster.client.resource(backup).update())
        .hasMessageContaining("a backup cannot be changed");
  }
}
