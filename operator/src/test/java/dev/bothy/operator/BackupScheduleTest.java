package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.BackupScheduleSpec;
import dev.bothy.operator.api.BackupScheduleStatus;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Keep;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A BackupSchedule over days, against an API server.
@Tag("real")
class BackupScheduleTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

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
  void eachDayHasItsBackupOnceAndWhatWasMissedRunsOnce() throws IOException {
    cluster.install(Examples.withStorage());
    create("0 2 * * *", null, false, false);
    Instant due = next(Instant.now());
    Eventually.holds(() -> {
      assertThat(status().nextAt()).isEqualTo(due.toString());
      assertThat(fresh().getReason()).isEqualTo("NotDueYet");
    });
    assertThat(backups()).isEmpty();

    passTo(due.plusSeconds(30));
    Eventually.holds(() -> assertThat(backups()).containsExactly(name(due)));
    assertThat(arguments(cluster.job("backup")))
        .contains("--name=" + name(due), "--bothy.backup.keep-daily=7");
    succeed(due);
    Eventually.holds(() -> {
      assertThat(status().lastBackup()).isEqualTo(name(due));
      assertThat(status().lastScheduledAt()).isEqualTo(due.toString());
      assertThat(status().lastSuccessfulAt()).isEqualTo(due.plusSeconds(60).toString());
      assertThat(status().nextAt()).isEqualTo(due.plus(1, ChronoUnit.DAYS).toString());
    });

    Instant later = due.plus(3, ChronoUnit.DAYS);
    cluster.replaceOperator(() -> passTo(later.plusSeconds(3 * 3600)));
    Eventually.holds(() -> assertThat(backups()).containsExactly(name(due), name(later)));
    Eventually.holds(() -> {
      assertThat(fresh().getStatus()).isEqualTo("True");
      assertThat(fresh().getReason()).isEqualTo("Running");
    });
  }

  @Test
  void oneThatLostItsStatusMakesNoSecondBackup() throws IOException {
    cluster.install(Examples.withStorage());
    create("0 2 * * *", null, true, false);
    Eventually.holds(() -> assertThat(backups()).hasSize(1));
    cluster.end(cluster.job("backup"), 3, "{\"outcome\":\"Refused\",\"message\":\"No\"}");
    Eventually.holds(() -> assertThat(status().lastBackup()).isNotNull());
    cluster.replaceOperator(() -> {
      BackupSchedule schedule = schedule();
      schedule.setStatus(new BackupScheduleStatus(null, null, null, null, null, List.of()));
      cluster.client.resource(schedule).updateStatus();
    });

    Eventually.holds(() -> assertThat(status().lastBackup()).isNotNull());
    assertThat(backups()).hasSize(1);
  }

  @Test
  void whenNoneSucceedsItIsLateAndSaysWhy() {
    cluster.install(Examples.withStorage());
    create("0 2 * * *", null, false, false);
    Instant due = next(Instant.now());
    passTo(due);
    cluster.end(
        cluster.job("backup"),
        3,
        "{\"outcome\":\"Refused\",\"reason\":\"StorageFull\",\"message\":\"The bucket is full\"}");
    passTo(due.plusSeconds(2 * 3600));

    Eventually.holds(() -> {
      assertThat(fresh().getStatus()).isEqualTo("False");
      assertThat(fresh().getReason()).isEqualTo("Late");
      assertThat(fresh().getMessage()).contains("There is no backup yet", "The bucket is full");
      assertThat(cluster.metric("bothy_operator_backup_late")).isEqualTo(1);
    });
    cluster.client.resource(schedule()).delete();
    Eventually.holds(() -> assertThat(cluster.metric("bothy_operator_backup_late")).isZero());
  }

  @Test
  void whileTheLastOneHasNotEndedTheNextOneWaits() {
    cluster.install(Examples.withStorage());
    create("0 2 * * *", null, false, false);
    Instant first = next(Instant.now());
    passTo(first);
    Job runs = cluster.job("backup");
    Instant second = first.plus(1, ChronoUnit.DAYS);
    // Between its tries it has not ended either, however long the second try has to wait.
    cluster.end(runs, 1, "{\"outcome\":\"Failed\",\"message\":\"Away\"}");
    Eventually.holds(() -> assertThat(backup(name(first)).getStatus().retryAt()).isNotNull());
    passTo(second);
    Eventually.holds(
        () -> assertThat(status().nextAt()).isEqualTo(second.plus(1, ChronoUnit.DAYS).toString()));
    assertThat(backups()).containsExactly(name(first));
  }

  @Test
  void aScheduleThatIsNoneIsSaidInWords() {
    create("0 2 * * *", "Mars/Phobos", false, false);

    Eventually.holds(() -> {
      assertThat(fresh().getReason()).isEqualTo("WrongSchedule");
      assertThat(fresh().getMessage()).contains("'Mars/Phobos' is no time zone");
      assertThat(status().nextAt()).isNull();
    });
  }

  @Test
  void aSecondLookWritesNothing() {
    create("0 2 * * *", null, false, true);
    Eventually.holds(() -> assertThat(fresh().getReason()).isEqualTo("NotDueYet"));
    String version = schedule().getMetadata().getResourceVersion();
    double seen = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(seen + 1));

    assertThat(schedule().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  private void succeed(Instant time) {
    cluster.end(
        cluster.job("backup"),
        true,
        """
        {"outcome":"Succeeded","message":"Backed up.",
         "backup":{"id":"of-%1$s","takenAt":"%1$s","completedAt":"%2$s"}}
        """
            .formatted(time, time.plusSeconds(60)));
    Eventually.holds(
        () -> assertThat(backup(name(time)).getStatus().phase()).isEqualTo(Phase.Succeeded));
  }

  private static Instant next(Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.HOURS);
    return today.isAfter(now) ? today : today.plus(1, ChronoUnit.DAYS);
  }

  private void passTo(Instant time) {
    cluster.clock.pass(Duration.between(cluster.clock.instant(), time));
  }

  private static String name(Instant time) {
    return "nightly-" + TIME.format(time);
  }

  private static List<String> arguments(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
  }

  private void create(String cron, @Nullable String zone, boolean immediate, boolean suspended) {
    BackupSchedule schedule = new BackupSchedule();
    schedule.getMetadata().setName("nightly");
    schedule.getMetadata().setNamespace(cluster.namespace);
    schedule.setSpec(
        new BackupScheduleSpec(cron, zone, suspended, immediate, new Keep(7, null, null)));
    cluster.client.resource(schedule).create();
  }

  private BackupSchedule schedule() {
    return Objects.requireNonNull(
        cluster
            .client
            .resources(BackupSchedule.class)
            .inNamespace(cluster.namespace)
            .withName("nightly")
            .get());
  }

  private BackupScheduleStatus status() {
    return Objects.requireNonNull(schedule().getStatus(), "no status yet");
  }

  private Condition fresh() {
    return status().conditions().getFirst();
  }

  private Backup backup(String name) {
    Backup backup =
        cluster.client.resources(Backup.class).inNamespace(cluster.namespace).withName(name).get();
    Objects.requireNonNull(backup, "no Backup")
        .setStatus(Objects.requireNonNullElseGet(backup.getStatus(), BackupStatus::none));
    return backup;
  }

  private List<String> backups() {
    return cluster
        .client
        .resources(Backup.class)
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .stream()
        .map(backup -> backup.getMetadata().getName())
        .sorted()
        .toList();
  }
}
