package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.restore.Surroundings.Saving;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The backup of what a restore is to replace: a `Backup` like any other, which outlives the
/// restore.
final class SafetyBackup {
  private static final String KIND = "Backup";

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
    GenericKubernetesResource backup = backups().withName(name).get();
    if (backup == null) {
      make(name, restore);
      return new Saving.Running(null);
    }
    return switch (Objects.requireNonNullElse(text(backup, "phase"), "Pending")) {
      case "Succeeded" -> new Saving.Done();
      case "Failed" -> new Saving.Failed(why(backup));
      default -> new Saving.Running(text(backup, "progress"));
    };
  }

  private void make(String name, String restore) {
    try {
      backups()
          .resource(
              new GenericKubernetesResourceBuilder()
                  .withApiVersion(Bothy.GROUP + "/" + Bothy.VERSION)
                  .withKind(KIND)
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(namespace)
                  .addToAnnotations(RestoreJobs.RESTORE, restore)
                  .endMetadata()
                  .addToAdditionalProperties("spec", Map.of())
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      // 409: an earlier look made it.
      if (e.getCode() != 409) {
        throw e;
      }
    }
  }

  private static String why(GenericKubernetesResource backup) {
    List<Map<String, Object>> conditions = backup.get("status", "conditions");
    return conditions == null
        ? "it does not say why"
        : conditions.stream()
            .filter(condition -> "Complete".equals(condition.get("type")))
            .map(condition -> String.valueOf(condition.get("message")))
            .findFirst()
            .orElse("it does not say why");
  }

  private static @Nullable String text(GenericKubernetesResource backup, String field) {
    return backup.get("status", field);
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      backups() {
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(Bothy.GROUP)
                .withVersion(Bothy.VERSION)
                .withKind(KIND)
                .withPlural("backups")
                .withNamespaced(true)
                .build())
        .inNamespace(namespace);
  }
}
