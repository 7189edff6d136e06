package dev.bothy.operator;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreDrill;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The definitions of the custom resources, which this jar carries as the chart does. Helm installs
/// them once and never changes them; the chart's pre-upgrade Job has them applied by this.
final class Definitions {
  private static final Logger LOG = Logger.getLogger(Definitions.class.getName());
  private static final String[] FILES = {
    "/crds/bothies.bothy.dev.yaml",
    "/crds/backups.bothy.dev.yaml",
    "/crds/backupschedules.bothy.dev.yaml",
    "/crds/restores.bothy.dev.yaml",
    "/crds/restoredrills.bothy.dev.yaml"
  };
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(Bothy.class, Backup.class, BackupSchedule.class, Restore.class, RestoreDrill.class);
  private static final long PAUSE_MILLIS = 3_000;

  private Definitions() {}

  /// Applies them to the cluster that this process is in.
  static void apply() throws IOException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      apply(client);
    }
  }

  static void apply(KubernetesClient client) throws IOException {
    for (String file : FILES) {
      CustomResourceDefinition definition = read(client, file);
      client
          .resource(definition)
          // Helm 4 applies them as well, and would meet another manager's fields as conflicts.
          .fieldManager("helm")
          .forceConflicts()
          .serverSideApply();
      LOG.log(Level.INFO, "Applied {0}", definition.getMetadata().getName());
    }
  }

  /// Returns when resources of all kinds can be listed; until then it says what is missing. Helm
  /// installs the definition before the operator, but nobody has to.
  static void await(KubernetesClient client) {
    KINDS.forEach(kind -> await(client, kind));
  }

  private static void await(KubernetesClient client, Class<? extends HasMetadata> kind) {
    while (true) {
      try {
        client.resources(kind).list();
        return;
      } catch (KubernetesClientException e) {
        LOG.log(
            Level.WARNING,
            e.getCode() == 404
                ? "The cluster does not know the kind {0} yet: kubectl apply -f charts/bothy/crds"
                : "Resources of the kind {0} cannot be listed: {1}",
            new Object[] {HasMetadata.getKind(kind), e.getMessage()});
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the definition", e);
      }
    }
  }

  private static CustomResourceDefinition read(KubernetesClient client, String file)
      throws IOException {
    try (InputStream yaml = Definitions.class.getResourceAsStream(file)) {
      if (yaml == null) {
        throw new IOException(file + " is not on the class path");
      }
      return client.apiextensions().v1().customResourceDefinitions().load(yaml).item();
    }
  }
}
