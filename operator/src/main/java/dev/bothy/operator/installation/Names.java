package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/// What things are called in the namespace, and by what they are found.
final class Names {
  /// Deployment, Service and PodDisruptionBudget.
  static final String SERVER = Bothy.NAME;

  static final String CONFIGURATION = "bothy-config";

  /// The configuration that preflight and migration use before it is in force.
  static final String CANDIDATE = "bothy-config-candidate";

  static final String COMPONENT = "app.kubernetes.io/component";
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String OPERATOR = "bothy-operator";

  /// On the pods of the Deployment: which configuration, image and secrets they run with.
  static final String REVISION = "bothy.dev/revision";

  private Names() {}

  /// What selects a component's pods. It never changes: a Deployment's selector cannot.
  static Map<String, String> selector(String component) {
    return Map.of("app.kubernetes.io/name", "bothy", COMPONENT, component);
  }

  static Map<String, String> labels(String component) {
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
  static OwnerReference owner(Bothy bothy) {
    return new OwnerReferenceBuilder()
        .withApiVersion(bothy.getApiVersion())
        .withKind(bothy.getKind())
        .withName(bothy.getMetadata().getName())
        .withUid(bothy.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}
