package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What must have ended well before servers of a revision run: Jobs whose names follow from purpose
/// and revision, so that an operator that starts anew finds the one that runs.
final class ServerJobs {
  private static final long DEADLINE_SECONDS = 900;

  private final KubernetesClient client;
  private final Bothy bothy;
  private final String revision;

  ServerJobs(KubernetesClient client, Bothy bothy, String revision) {
    this.client = client;
    this.bothy = bothy;
    this.revision = revision;
  }

  /// How far a Job is.
  sealed interface State {
    /// @param trouble why its pod does not come up; empty while it only needs time
    record Running(Optional<String> trouble) implements State {}

    /// @param report what it left, or the end of its log
    record Succeeded(String report) implements State {}

    /// @param at when it failed
    /// @param overdue whether it had to be ended, and with its pod what that would have said is
    ///   gone
    record Failed(String report, Instant at, boolean overdue) implements State {}
  }

  /// Begins it if it was not begun, and looks how far it is.
  State state(Purpose purpose) {
    return found(purpose).orElseGet(() -> begin(purpose));
  }

  /// How far it is; empty if it was not begun, or was taken away since.
  Optional<State> found(Purpose purpose) {
    return Optional.ofNullable(jobs().withName(nameOf(purpose)).get()).map(this::stateOf);
  }

  private State stateOf(Job job) {
    Optional<JobCondition> failed = condition(job, "Failed");
    if (failed.isPresent()) {
      return new State.Failed(
          report(job),
          Instant.parse(failed.get().getLastTransitionTime()),
          "DeadlineExceeded".equals(failed.get().getReason()));
    }
    return condition(job, "Complete").isPresent()
        ? new State.Succeeded(report(job))
        : new State.Running(PodTroubles.of(pods(job)));
  }

  /// Takes a failed one away, so that the next look begins it anew.
  void again(Purpose purpose) {
    remove(nameOf(purpose));
  }

  /// Takes away what earlier revisions left.
  void forgetOthers(List<Job> all) {
    all.stream()
        .filter(job -> !revision.equals(annotation(job)))
        .map(job -> job.getMetadata().getName())
        .forEach(this::remove);
  }

  private void remove(String name) {
    jobs().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  private static String annotation(HasMetadata resource) {
    return Objects.requireNonNullElse(
        resource.getMetadata().getAnnotations() == null
            ? null
            : resource.getMetadata().getAnnotations().get(Names.REVISION),
        "");
  }

  private State begin(Purpose purpose) {
    try {
      client.resource(job(bothy, purpose, revision)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
    }
    return new State.Running(Optional.empty());
  }

  private String nameOf(Purpose purpose) {
    return nameOf(purpose, revision);
  }

  private static String nameOf(Purpose purpose, String revision) {
    return Bothy.NAME + "-" + purpose.component() + "-" + revision;
  }

  static Job job(Bothy bothy, Purpose purpose, String revision) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(nameOf(purpose, revision))
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(purpose.component()))
        .addToAnnotations(Names.REVISION, revision)
        .withOwnerReferences(Names.owner(bothy))
        .endMetadata()
        .withSpec(spec(bothy, purpose))
        .build();
  }

  private static JobSpec spec(Bothy bothy, Purpose purpose) {
    return new JobBuilder()
        .withNewSpec()
        // The operator tries again itself, and says why.
        .withBackoffLimit(0)
        .withActiveDeadlineSeconds(DEADLINE_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Names.labels(purpose.component()))
        .endMetadata()
        .withSpec(new ServerPod(bothy.getSpec(), purpose, Names.CANDIDATE).single())
        .endTemplate()
        .endSpec()
        .buildSpec();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(each -> type.equals(each.getType()) && "True".equals(each.getStatus()))
            .findFirst();
  }

  private String report(Job job) {
    List<Pod> pods = pods(job);
    return pods.stream()
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .flatMap(ServerJobs::termination)
        .or(() -> PodTroubles.of(pods))
        .or(() -> condition(job, "Failed").map(JobCondition::getMessage))
        .orElse("its pod is gone, and with it what it said");
  }

  private static Optional<String> termination(Pod pod) {
    return pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> status.getState() != null)
            .map(status -> status.getState().getTerminated())
            .filter(Objects::nonNull)
            .flatMap(end -> left(end).stream())
            .findFirst();
  }

  private static Optional<String> left(ContainerStateTerminated end) {
    return PodTroubles.isOutOfMemory(end)
        ? Optional.of(PodTroubles.OUT_OF_MEMORY)
        : Optional.ofNullable(end.getMessage()).filter(message -> !message.isBlank());
  }

  private List<Pod> pods(Job job) {
    return client
        .pods()
        .inNamespace(bothy.getMetadata().getNamespace())
        .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .list()
        .getItems();
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return client.batch().v1().jobs().inNamespace(bothy.getMetadata().getNamespace());
  }
}
