package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec.Keys.Provider;
import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillSpec;
import dev.bothy.operator.backup.BackupMarks;
import dev.bothy.operator.jobs.JobPlan;
import dev.bothy.operator.jobs.Progress;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerJobs;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A drill's namespace as the API server has it now.
final class ClusterDrillSurroundings implements DrillSurroundings {
  /// On Jobs and pods: the uid of their drill.
  static final String DRILL = "bothy.dev/drill";

  static final String RUN = "bothy.dev/drill-run";

  private static final Duration DEADLINE = Duration.ofHours(12);
  private static final int SHORT = 8;

  private final KubernetesClient client;
  private final RestoreDrill drill;
  private final String namespace;
  private final @Nullable Bothy bothy;

  ClusterDrillSurroundings(KubernetesClient client, RestoreDrill drill) {
    this.client = client;
    this.drill = drill;
    namespace = drill.getMetadata().getNamespace();
    bothy = client.resources(Bothy.class).inNamespace(namespace).withName(Bothy.NAME).get();
  }

  @Override
  public Optional<String> notNow() {
    if (bothy == null) {
      return Optional.of("there is no resource Bothy in the namespace");
    }
    if (bothy.getSpec().storage() == null) {
      return Optional.of("spec.storage of the resource Bothy names no place where backups are");
    }
    if (bothy.getStatus() == null || bothy.getStatus().version() == null) {
      return Optional.of("nothing has been installed yet");
    }
    if (bothy.getStatus().restore() != null) {
      return Optional.of("Restore " + bothy.getStatus().restore().name() + " is not done");
    }
    return Restores.of(client, namespace)
        .standstill()
        .map(restore -> "Restore " + restore.getMetadata().getName() + " runs");
  }

  @Override
  public ToolRun job(String run, int attempt) {
    if (bothy == null) {
      return new ToolRun.Running("there is no resource Bothy in the namespace", null);
    }
    String name =
        "bothy-drill-%s-%s-%d"
            .formatted(drill.getMetadata().getUid().substring(0, SHORT), run, attempt);
    ServerJobs jobs = new ServerJobs(client, bothy);
    return jobs.found(name)
        .map(
            state -> ToolRun.of(state, () -> jobs.progress(name).map(Progress::words).orElse(null)))
        .orElseGet(() -> ToolRun.of(jobs.state(plan(bothy, name, run)), () -> null));
  }

  private JobPlan plan(Bothy of, String name, String run) {
    return JobPlan.of(name, Purpose.DRILL, drill, DEADLINE)
        .withMoreArguments(of, arguments(of))
        .withLabels(Map.of(DRILL, drill.getMetadata().getUid(), RUN, run))
        .withPod(pod -> new DrillPod(of.getSpec(), drill.getSpec()).around(pod));
  }

  private List<String> arguments(Bothy of) {
    RestoreDrillSpec spec = drill.getSpec();
    List<String> arguments = new ArrayList<>();
    arguments.add("--backup=" + Objects.requireNonNullElse(spec.backup(), "newest"));
    arguments.add("--bothy.drill.database-url=jdbc:postgresql://localhost:5432/postgres");
    arguments.add("--spring.config.import=configtree:" + DrillPod.SETTINGS);
    if (of.getSpec().keys().uses(Provider.Vault)) {
      arguments.add(
          "--spring.cloud.vault.kubernetes.role="
              + Objects.requireNonNullElse(spec.vaultRole(), "bothy-drill"));
    }
    return arguments;
  }

  @Override
  public void forgetBefore(String run) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel(DRILL, drill.getMetadata().getUid())
        .withLabelNotIn(RUN, run)
        .list()
        .getItems()
        .forEach(job ->
            client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  @Override
  public void verified(String backupId, Instant at) {
    new BackupMarks(client, namespace).verified(backupId, at);
  }
}
