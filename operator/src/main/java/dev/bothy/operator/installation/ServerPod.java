package dev.bothy.operator.installation;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import dev.bothy.operator.api.BothySpec.Keys.Provider;
import dev.bothy.operator.api.BothySpec.Ledger;
import dev.bothy.operator.api.BothySpec.Pod;
import dev.bothy.operator.api.BothySpec.Privacy;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A pod of the server's image: restricted as Pod Security means it, any user, nothing writable but
/// a temporary folder, and no token that it could use at Kubernetes but the one that it signs in to
/// Vault with.
final class ServerPod {
  static final String CONTAINER = "bothy";

  private static final String KEYS = "keys";
  private static final String VAULT = "vault";
  private static final String LEDGER = "ledger";

  /// The kubelet puts a new token there when four fifths of this are over.
  private static final long TOKEN_SECONDS = 3600;

  /// Read by everybody in the pod: it has one process, as a user whom nobody knows beforehand.
  private static final int READABLE = 0444;

  private final BothySpec spec;
  private final Purpose purpose;
  private final String configuration;

  /// @param configuration the ConfigMap with the settings
  ServerPod(BothySpec spec, Purpose purpose, String configuration) {
    this.spec = spec;
    this.purpose = purpose;
    this.configuration = configuration;
  }

  PodSpecBuilder pod() {
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withServiceAccountName(
                Objects.requireNonNullElse(spec.serviceAccountName(), "bothy-server"))
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withImagePullSecrets(
                spec.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
            .withVolumes(volumes());
    Ledger ledger = ledger();
    if (ledger != null && ledger.fsGroup() != null) {
      pod.editSecurityContext().withFsGroup(ledger.fsGroup()).endSecurityContext();
    }
    Pod wanted = spec.pod();
    if (wanted != null) {
      pod.withNodeSelector(wanted.nodeSelector().isEmpty() ? null : wanted.nodeSelector())
          .withTolerations(wanted.tolerations())
          .withPriorityClassName(
              wanted.priorityClassName() == null || wanted.priorityClassName().isEmpty()
                  ? null
                  : wanted.priorityClassName());
    }
    return pod;
  }

  /// A pod of this one container, for a Job.
  PodSpec single() {
    return pod()
        .withRestartPolicy("Never")
        .withContainers(
            container()
                .withResources(resources("100m", "256Mi", "512Mi"))
                // Logs explain what wrote no report.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build())
        .build();
  }

  ContainerBuilder container() {
    return new ContainerBuilder(
        new ContainerBuilder()
            .withName(CONTAINER)
            .withImage(spec.image())
            .withImagePullPolicy(
                spec.imagePullPolicy() == null ? null : spec.imagePullPolicy().name())
            .withArgs(purpose.arguments(spec))
            .addNewEnv()
            .withName("SPRING_CONFIG_ADDITIONAL_LOCATION")
            .withValue("file:/etc/bothy/")
            .endEnv()
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withReadOnlyRootFilesystem(true)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .withVolumeMounts(mounts())
            .build());
  }

  ResourceRequirements serverResources() {
    Pod wanted = spec.pod();
    return wanted == null || wanted.resources() == null
        ? resources("500m", "768Mi", "1Gi")
        : wanted.resources();
  }

  private static ResourceRequirements resources(String cpu, String memory, String limit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("memory", new Quantity(limit)))
        .build();
  }

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    volumes.add(
        new VolumeBuilder()
            .withName("configuration")
            .withNewConfigMap()
            .withName(configuration)
            .withDefaultMode(READABLE)
            .endConfigMap()
            .build());
    volumes.add(
        new VolumeBuilder()
            .withName("secrets")
            .withNewProjected()
            .withDefaultMode(READABLE)
            .withSources(
                purpose.secrets(spec).entrySet().stream()
                    .map(each -> projection(each.getKey(), each.getValue()))
                    .toList())
            .endProjected()
            .build());
    if (purpose.needsKey() && spec.keys().uses(Provider.Vault)) {
      volumes.add(vaultToken());
    }
    if (purpose.needsKey() && spec.keys().uses(Provider.LocalFile)) {
      volumes.add(localKey());
    }
    KeyRef bundle = spec.caBundle();
    if (bundle != null) {
      volumes.add(
          new VolumeBuilder()
              .withName("ca")
              .withNewConfigMap()
              .withName(bundle.name())
              .withDefaultMode(READABLE)
              .addNewItem()
              .withKey(bundle.key())
              .withPath("ca.crt")
              .endItem()
              .endConfigMap()
              .build());
    }
    Ledger ledger = ledger();
    if (ledger != null) {
      volumes.add(
          new VolumeBuilder()
              .withName(LEDGER)
              .withNewPersistentVolumeClaim(ledger.existingClaim(), false)
              .build());
    }
    return volumes;
  }

  /// Whoever serves writes down there what is erased; null for none, and for all the others.
  private @Nullable Ledger ledger() {
    Privacy privacy = spec.privacy();
    return purpose == Purpose.SERVE && privacy != null ? privacy.ledger() : null;
  }

  private Volume localKey() {
    KeyRef key = Objects.requireNonNull(spec.keys().localKey());
    return new VolumeBuilder()
        .withName(KEYS)
        .withNewSecret()
        .withSecretName(key.name())
        .withDefaultMode(READABLE)
        .addNewItem()
        .withKey(key.key())
        .withPath("local-key")
        .endItem()
        .endSecret()
        .build();
  }

  /// With the ServiceAccount's token that Vault has the API server look at.
  private Volume vaultToken() {
    return new VolumeBuilder()
        .withName(VAULT)
        .withNewProjected()
        .withDefaultMode(READABLE)
        .addNewSource()
        .withNewServiceAccountToken(
            Objects.requireNonNull(spec.vault()).audience(), TOKEN_SECONDS, "token")
        .endSource()
        .endProjected()
        .build();
  }

  private static VolumeProjection projection(String setting, KeyRef secret) {
    return new VolumeProjectionBuilder()
        .withNewSecret()
        .withName(secret.name())
        .addNewItem()
        .withKey(secret.key())
        .withPath(setting)
        .endItem()
        .endSecret()
        .build();
  }

  private List<VolumeMount> mounts() {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
    mounts.add(readOnly("configuration", "/etc/bothy"));
    mounts.add(readOnly("secrets", "/etc/bothy-secrets"));
    if (purpose.needsKey() && spec.keys().uses(Provider.Vault)) {
      mounts.add(readOnly(VAULT, "/etc/bothy-vault"));
    }
    if (purpose.needsKey() && spec.keys().uses(Provider.LocalFile)) {
      mounts.add(readOnly(KEYS, "/etc/bothy-keys"));
    }
    if (spec.caBundle() != null) {
      mounts.add(readOnly("ca", "/etc/bothy-ca"));
    }
    if (ledger() != null) {
      mounts.add(
          new VolumeMountBuilder().withName(LEDGER).withMountPath(ServerSettings.LEDGER).build());
    }
    return mounts;
  }

  private static VolumeMount readOnly(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).withReadOnly(true).build();
  }
}
