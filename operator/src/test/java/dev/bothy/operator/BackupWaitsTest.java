package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreSpec;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a Backup waits for, against an API server.
@Tag("real")
class BackupWaitsTest {
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
  void withoutAStoreItWaitsAndSaysWhatIsMissing() {
    cluster.install(Examples.production());
    backups.create("one");

    Eventually.holds(() -> {
      assertThat(backups.status("one").phase()).isEqualTo(Phase.Pending);
      assertThat(backups.complete("one").getReason()).isEqualTo("NotConfigured");
      assertThat(backups.complete("one").getMessage()).contains("spec.storage");
    });
    assertThat(backups.jobs()).isEmpty();
  }

  @Test
  void twoNeverRunAtOnceAndTheSecondSaysThatItWaits() {
    cluster.install(Examples.withStorage());
    backups.create("one");
    Job first = cluster.job("backup");
    backups.create("two");
    Eventually.holds(() -> {
      assertThat(backups.complete("two").getReason()).isEqualTo("AnotherRuns");
      assertThat(backups.complete("two").getMessage()).contains("Backup one");
    });
    assertThat(backups.jobs()).hasSize(1);

    cluster.end(first, true, Backups.report("20261127t020000z-aaaaaa", "D", ""));
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
    backups.create("one");
    Eventually.holds(() -> {
      assertThat(backups.complete("one").getReason()).isEqualTo("RestoreRuns");
      assertThat(backups.complete("one").getMessage()).contains("Restore back");
    });
    assertThat(backups.jobs()).isEmpty();

    cluster.end(check, true, Backups.report("20261127t020000z-aaaaaa", "D", ""));
    Job safety = cluster.job("backup");
    assertThat(safety.getMetadata().getOwnerReferences().getFirst().getName()).isNotEqualTo("one");
    cluster.end(safety, 3, Backups.REFUSED);
    Job job = cluster.job("backup");
    assertThat(job.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("one");
  }
}
