package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Objects;

/// Backups of a [Cluster], as tests make and read them.
///
/// @param cluster where they are
record Backups(Cluster cluster) {
  static final String REFUSED =
      "{\"outcome\":\"Refused\",\"reason\":\"StorageRefused\",\"message\":\"The store knows no such"
          + " key: mend the Secret storage\"}";

  void succeed(String name, String report) {
    create(name);
    cluster.end(cluster.job("backup"), true, report);
    Eventually.holds(() -> assertThat(status(name).phase()).isEqualTo(Phase.Succeeded));
  }

  static String report(String id, String letters, String pruned) {
    return """
    {"outcome":"Succeeded","reason":"","message":"Backed up.",
     "backup":{"id":"%1$s","takenAt":"2026-11-27T02:00:00Z","completedAt":"2026-11-27T02:01:00Z",
               "version":"1.2.3","bytes":123456789,"storedBytes":45000000,"rows":6,"tables":83},
     "pruned":[%3$s],"kept":{"%1$s":"%2$s"}}
    """
        .formatted(id, letters, pruned);
  }

  void create(String name) {
    Backup backup = new Backup();
    backup.getMetadata().setName(name);
    backup.getMetadata().setNamespace(cluster.namespace);
    backup.setSpec(new BackupSpec(null));
    cluster.client.resource(backup).create();
  }

  Backup backup(String name) {
    return Objects.requireNonNull(
        cluster.client.resources(Backup.class).inNamespace(cluster.namespace).withName(name).get(),
        "no Backup");
  }

  BackupStatus status(String name) {
    return Objects.requireNonNull(backup(name).getStatus(), "no status yet");
  }

  Condition complete(String name) {
    return status(name).conditions().stream()
        .filter(condition -> condition.getType().equals("Complete"))
        .findFirst()
        .orElseThrow();
  }

  String version(String name) {
    return backup(name).getMetadata().getResourceVersion();
  }

  List<Job> jobs() {
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
