package dev.bothy.operator.jobs;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/// What things are called in the namespace, and by what they are found.
public final class Names {
  /// Deployment, Service and PodDisruptionBudget.
  public static final String SERVER = Bothy.NAME;

  public static final String CONFIGURATION = "bothy-config";

  /// The configuration that preflight and migration use before it is in force.
  public static final String CANDIDATE = "bothy-config-candidate";

  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String OPERATOR = "bothy-operator";

  /// On the pods of the Deployment: which configuration, image and secrets they run with.
  public static final String REVISION = "bothy.dev/revision";

  /// On Jobs and pods of a restore: its uid. On a Backup, as an annotation: the name of the Restore
  /// that asked for it.
  public static final String RESTORE = "bothy.dev/restore";

  /// On pods that mount the store, where that is a volume: `folder`.
  public static final String STORAGE = "bothy.dev/storage";

  static final String FOLDER = "folder";

  private Names() {}

  /// What selects a component's pods. It never changes: a Deployment's selector cannot.
  public static Map<String, String> selector(String component) {
    return Map.of("app.kubernetes.io/name", "bothy", COMPONENT, component);
  }

  public static Map<String, String> labels(String component) {
    return Map.of(
        "app.kubernetes.io/name",
        "bothy",
        "app.kubernetes.io/instance",
        Bothy.NAME,
        "app.kubernetes.io/part-of",
        "bothy",
        COMPONENT,
        component,
        MANAGED_BY,
        OPERATOR);
  }

  /// So that what the operator makes goes when the resource goes.
  public static OwnerReference owner(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
