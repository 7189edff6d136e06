package dev.bothy.operator.restore;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.restore.Surroundings.Saving;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;

/// The backup of what a restore is to replace: a `Backup` like any other, which outlives the
/// restore.
final class SafetyBackup {
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;

  SafetyBackup(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /// Makes it if it is not there, and looks how far it is.
  ///
  /// @param restore what it is made for
  Saving look(String name, String restore) {
    Backup backup = client.resources(Backup.class).inNamespace(namespace).withName(name).get();
    if (backup == null) {
      make(name, restore);
      return new Saving.Running(null);
    }
    BackupStatus status = backup.getStatus();
    if (status == null || status.phase() == null) {
      return new Saving.Running(null);
    }
    return switch (status.phase()) {
      case Pending, Running -> new Saving.Running(status.progress());
      case Succeeded -> new Saving.Done();
      case Failed -> new Saving.Failed(why(status));
    };
  }

  private void make(String name, String restore) {
    Backup backup = new Backup();
    backup.getMetadata().setName(name);
    backup.getMetadata().setNamespace(namespace);
    backup.getMetadata().setAnnotations(Map.of(Names.RESTORE, restore));
    backup.setSpec(new BackupSpec(null));
    try {
      client.resource(backup).create();
    } catch (KubernetesClientException e) {
      // An earlier look made it.
      if (e.getCode() != CONFLICT) {
        throw e;
      }
    }
  }

  private static String why(BackupStatus status) {
    return status.conditions().stream()
        .filter(condition -> "Complete".equals(condition.getType()))
        .map(condition -> condition.getMessage())
        .findFirst()
        .orElse("it does not say why");
  }
}
