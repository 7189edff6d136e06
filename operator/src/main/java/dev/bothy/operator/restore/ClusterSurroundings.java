package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreSpec;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A restore's namespace as the API server has it now.
final class ClusterSurroundings implements Surroundings {
  private static final String GONE = "there is no resource Bothy any more";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;
  private final String namespace;
  private final Restore restore;
  private final @Nullable Bothy bothy;
  private final Restores restores;
  private final Hold hold;

  ClusterSurroundings(KubernetesClient client, Restore restore, Hold hold) {
    this.client = client;
    this.namespace = restore.getMetadata().getNamespace();
    this.restore = restore;
    this.hold = hold;
    bothy = client.resources(Bothy.class).inNamespace(namespace).withName(Bothy.NAME).get();
    restores = Restores.of(client, namespace);
  }

  @Override
  public Optional<String> firstInLine() {
    return restores
        .first()
        .filter(first -> !uid().equals(first.getMetadata().getUid()))
        .map(first -> first.getMetadata().getName())
        .or(this::abandoned);
  }

  /// One that was deleted before it was done with the data.
  private Optional<String> abandoned() {
    return Optional.ofNullable(bothy)
        .map(Bothy::getStatus)
        .map(BothyStatus::restore)
        .filter(last -> !restores.has(last.uid()))
        .map(BothyStatus.Restoring::name);
  }

  @Override
  public Optional<String> successor() {
    return restores.successorOf(restore).map(each -> each.getMetadata().getName());
  }

  @Override
  public Optional<String> standstillForAnother() {
    return restores
        .standstill()
        .filter(other -> !uid().equals(other.getMetadata().getUid()))
        .map(other -> other.getMetadata().getName());
  }

  @Override
  public Standing standing() {
    if (bothy == null) {
      return new Standing.Unready(
          "NoInstallation", "Waits for the resource Bothy, which the namespace does not have yet");
    }
    if (bothy.getSpec().storage() == null) {
      return new Standing.Unready(
          "NoStorage", "Waits for spec.storage of the resource Bothy: where backups are");
    }
    if (deployment() != null || bothy.getStatus() != null && bothy.getStatus().version() != null) {
      return new Standing.Present();
    }
    return isHeldForThis()
        ? new Standing.Empty()
        : new Standing.Unready("Preparing", "Waits for what comes before a restore: " + ready());
  }

  @Override
  public void forgetGone() {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel(Names.RESTORE)
        .list()
        .getItems()
        .stream()
        .filter(job -> isOver(job) && !restores.has(String.valueOf(label(job, Names.RESTORE))))
        .forEach(job ->
            client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  @Override
  public ToolRun job(RestoreStep step, int attempt, @Nullable String backup) {
    if (bothy == null) {
      return new ToolRun.Running(GONE, null);
    }
    return new RestoreJobs(client, bothy, uid()).look(step, attempt, arguments(step, backup));
  }

  private List<String> arguments(RestoreStep step, @Nullable String backup) {
    RestoreSpec spec = restore.getSpec();
    List<String> arguments = new ArrayList<>();
    switch (step) {
      case CHECK -> {
        arguments.add("--check");
        arguments.add(which(spec.from()));
        addInstallation(spec, arguments);
      }
      case LOAD -> {
        arguments.add("--backup=" + backup);
        if (standing() instanceof Standing.Present || !spec.savesFirst()) {
          // It was made already, as a Backup, or is not wanted.
          arguments.add("--safety-backup=false");
        }
        addInstallation(spec, arguments);
      }
      case UNDO -> arguments.add("--undo");
      case RELEASE -> {}
    }
    return arguments;
  }

  private static String which(RestoreSpec.From from) {
    if (from.at() != null) {
      return "--at=" + from.at();
    }
    RestoreSpec.Newest newest = from.newest();
    if (newest == null) {
      return "--backup=" + from.backup();
    }
    return switch (newest) {
      case Newest -> "--backup=newest";
      case NewestGood -> "--backup=newest-good";
    };
  }

  private static void addInstallation(RestoreSpec spec, List<String> arguments) {
    if (spec.installation() != null) {
      arguments.add("--installation=" + spec.installation());
    }
  }

  @Override
  public Saving saving(String name) {
    return new SafetyBackup(client, namespace).look(name, restore.getMetadata().getName());
  }

  @Override
  public Optional<String> stillRuns() {
    if (bothy == null) {
      return Optional.of(GONE);
    }
    if (!isHeldForThis()) {
      return Optional.of("the installation is not at rest yet");
    }
    Deployment servers = deployment();
    if (servers != null && !Objects.equals(servers.getSpec().getReplicas(), 0)) {
      return Optional.of("Deployment " + Names.SERVER);
    }
    return serverPods().or(this::jobs);
  }

  private Optional<String> serverPods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabels(Names.selector(Purpose.SERVE.component()))
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getStatus() == null || !ENDED.contains(phase(pod)))
        .map(pod -> "pod " + pod.getMetadata().getName())
        .findFirst();
  }

  private static String phase(Pod pod) {
    return String.valueOf(pod.getStatus().getPhase());
  }

  /// A drill has a database of its own.
  private Optional<String> jobs() {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel(Names.MANAGED_BY, Names.OPERATOR)
        .withoutLabel(Names.COMPONENT, Purpose.DRILL.component())
        .list()
        .getItems()
        .stream()
        .filter(job -> !isOver(job) && !uid().equals(label(job, Names.RESTORE)))
        .map(job -> "Job " + job.getMetadata().getName())
        .findFirst();
  }

  private static boolean isOver(Job job) {
    return Abandoned.ended(job, "Complete") || Abandoned.ended(job, "Failed");
  }

  private static @Nullable String label(Job job, String name) {
    return job.getMetadata().getLabels().get(name);
  }

  @Override
  public Optional<String> notServing() {
    if (bothy == null) {
      return Optional.of(GONE);
    }
    BothyStatus status = bothy.getStatus();
    boolean serves =
        status != null
            && status.restore() == null
            && status.phase() == Phase.Ready
            && Objects.equals(status.observedGeneration(), bothy.getMetadata().getGeneration());
    return serves ? Optional.empty() : Optional.of(ready());
  }

  @Override
  public boolean isReleased() {
    return bothy != null && hold.isReleased(bothy);
  }

  /// What the installation says of itself.
  private String ready() {
    BothyStatus status = bothy == null ? null : bothy.getStatus();
    return status == null
        ? "the installation was not looked at yet"
        : status.conditions().stream()
            .filter(condition -> "Ready".equals(condition.getType()))
            .map(condition -> condition.getMessage())
            .findFirst()
            .orElse("the installation was not looked at yet");
  }

  private boolean isHeldForThis() {
    BothyStatus status = bothy == null ? null : bothy.getStatus();
    return status != null
        && status.phase() == Phase.Restoring
        && status.restore() != null
        && status.restore().uid().equals(uid());
  }

  private @Nullable Deployment deployment() {
    return client.apps().deployments().inNamespace(namespace).withName(Names.SERVER).get();
  }

  private String uid() {
    return restore.getMetadata().getUid();
  }
}
