package dev.bothy.operator.jobs;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import dev.bothy.operator.api.BothySpec.Keys.Provider;
import dev.bothy.operator.api.BothySpec.Ledger;
import dev.bothy.operator.api.BothySpec.Mode;
import dev.bothy.operator.api.BothySpec.Pod;
import dev.bothy.operator.api.BothySpec.Privacy;
import dev.bothy.operator.api.StorageSpec;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A pod of the server's image: restricted as Pod Security means it, any user, nothing writable but
/// a temporary folder, and no token that it could use at Kubernetes but the one that it signs in to
/// Vault with.
public final class ServerPod {
  public static final String CONTAINER = "bothy";

  /// A few objects of 4 MiB at a time and what the program itself needs come to some 250 MiB. The
  /// cache would make it start sooner and take 100 MiB more.
  private static final List<EnvVar> SMALL =
      List.of(
          new EnvVar("JDK_JAVA_OPTIONS", "-Xmx88m -XX:AOTMode=off", null),
          new EnvVar("MALLOC_ARENA_MAX", "2", null));

  private static final String KEYS = "keys";
  private static final String VAULT = "vault";
  private static final String LEDGER = "ledger";
  private static final String STORAGE = "storage";

  /// The kubelet puts a new token there when four fifths of this are over.
  private static final long TOKEN_SECONDS = 3600;

  /// Read by everybody in the pod: it has one process, as a user whom nobody knows beforehand.
  private static final int READABLE = 0444;

  private final BothySpec spec;
  private final Purpose purpose;
  private final String configuration;

  /// @param configuration the ConfigMap with the settings
  public ServerPod(BothySpec spec, Purpose purpose, String configuration) {
    this.spec = spec;
    this.purpose = purpose;
    this.configuration = configuration;
  }

  public PodSpecBuilder pod() {
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
    Long group = fsGroup();
    if (group != null) {
      pod.editSecurityContext().withFsGroup(group).endSecurityContext();
    }
    if (folder() != null && spec.mode() == Mode.Trial) {
      together(pod);
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
  public PodSpec single() {
    ContainerBuilder container = container();
    if (purpose.copiesRows()) {
      container.addAllToEnv(SMALL);
    }
    return pod()
        .withRestartPolicy("Never")
        .withContainers(
            container
                .withResources(resources("100m", "256Mi", "512Mi"))
                // Logs explain what wrote no report.
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build())
        .build();
  }

  public ContainerBuilder container() {
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

  public ResourceRequirements serverResources() {
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
    StorageSpec folder = folder();
    if (folder != null) {
      volumes.add(
          new VolumeBuilder()
              .withName(STORAGE)
              .withNewPersistentVolumeClaim(folder.volumeClaim(), false)
              .build());
    }
    return volumes;
  }

  /// A trial's volume is one node's, so everybody who mounts it goes where the first one went.
  private static void together(PodSpecBuilder pod) {
    pod.withNewAffinity()
        .withNewPodAffinity()
        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withTopologyKey("kubernetes.io/hostname")
        .withNewLabelSelector()
        .withMatchLabels(Map.of(Names.STORAGE, Names.FOLDER))
        .endLabelSelector()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endPodAffinity()
        .endAffinity();
  }

  /// Labels of the pod: those of its component, and one by which those with the same volume find
  /// each other.
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(Names.labels(purpose.component()));
    if (folder() != null) {
      labels.put(Names.STORAGE, Names.FOLDER);
    }
    return labels;
  }

  /// The store where it is a volume that this pod mounts; null for none.
  private @Nullable StorageSpec folder() {
    StorageSpec storage = spec.storage();
    return storage != null && storage.volumeClaim() != null && purpose.needsStorage()
        ? storage
        : null;
  }

  /// A pod has one: of two volumes that name one each, the ledger's counts.
  private @Nullable Long fsGroup() {
    Ledger ledger = ledger();
    if (ledger != null && ledger.fsGroup() != null) {
      return ledger.fsGroup();
    }
    StorageSpec folder = folder();
    return folder == null ? null : folder.fsGroup();
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
    if (folder() != null) {
      mounts.add(
          new VolumeMountBuilder().withName(STORAGE).withMountPath(ServerSettings.STORAGE).build());
    }
    return mounts;
  }

  private static VolumeMount readOnly(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).withReadOnly(true).build();
  }
}
