package dev.bothy.operator.jobs;

import dev.bothy.operator.api.Bothy;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Jobs of the server's image in an installation's namespace: begun once, since their names are
/// [JobPlan]'s, looked at, and taken away. An operator that starts anew finds the one that runs.
public final class ServerJobs {
  /// Far more than the lines of progress that a tool writes in between two looks.
  private static final int TAIL_LINES = 40;

  private static final int NOT_YET = 400;

  private final KubernetesClient client;
  private final Bothy bothy;

  public ServerJobs(KubernetesClient client, Bothy bothy) {
    this.client = client;
    this.bothy = bothy;
  }

  /// How far a Job is.
  public sealed interface State {
    /// @param trouble why its pod does not come up; empty while it only needs time
    record Running(Optional<String> trouble) implements State {}

    /// @param report what it left, or the end of its log
    record Succeeded(String report) implements State {}

    /// @param report what it left, or the end of its log, or else why there is neither
    /// @param at when it failed
    /// @param overdue whether it had to be ended, and with its pod what that would have said is
    ///   gone
    /// @param exitCode of the container of the server's image; empty if the pod is gone, or never
    ///   ran
    record Failed(String report, Instant at, boolean overdue, OptionalInt exitCode)
        implements State {}
  }

  /// Begins it if it was not begun, and looks how far it is.
  public State state(JobPlan plan) {
    return found(plan.name()).orElseGet(() -> begin(plan));
  }

  /// How far it is; empty if it was not begun, or was taken away since.
  public Optional<State> found(String name) {
    return Optional.ofNullable(jobs().withName(name).get()).map(this::stateOf);
  }

  /// What a tool said last of how far it is; empty if it has not said anything, or has no pod. If
  /// its log cannot be read that is said instead ([Progress#isSaid]).
  public Optional<Progress> progress(String name) {
    return latest(pods(name)).map(pod -> pod.getMetadata().getName()).flatMap(this::lastLine);
  }

  /// Takes it away with its pods, so that the next look begins it anew. One that is not there is no
  /// error.
  public void remove(String name) {
    jobs().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  private State begin(JobPlan plan) {
    try {
      client.resource(plan.job(bothy)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
    }
    return new State.Running(Optional.empty());
  }

  private State stateOf(Job job) {
    Optional<JobCondition> failed = condition(job, "Failed");
    List<Pod> pods = pods(job.getMetadata().getName());
    if (failed.isPresent()) {
      return new State.Failed(
          report(job, pods),
          Instant.parse(failed.get().getLastTransitionTime()),
          "DeadlineExceeded".equals(failed.get().getReason()),
          exitCode(pods));
    }
    return condition(job, "Complete").isPresent()
        ? new State.Succeeded(report(job, pods))
        : new State.Running(PodTroubles.of(pods));
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(each -> type.equals(each.getType()) && "True".equals(each.getStatus()))
            .findFirst();
  }

  private static String report(Job job, List<Pod> pods) {
    return latest(pods)
        .flatMap(ServerJobs::end)
        .flatMap(ServerJobs::left)
        .or(() -> PodTroubles.of(pods))
        .or(() -> latest(pods).map(pod -> pod.getStatus().getMessage()))
        .or(() -> condition(job, "Failed").map(JobCondition::getMessage))
        .orElse("its pod is gone, and with it what it said");
  }

  private static OptionalInt exitCode(List<Pod> pods) {
    return latest(pods)
        .flatMap(ServerJobs::end)
        .map(ContainerStateTerminated::getExitCode)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static Optional<Pod> latest(List<Pod> pods) {
    return pods.stream().max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
  }

  /// How the server's container ended; its sidecars are not asked.
  private static Optional<ContainerStateTerminated> end(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> ServerPod.CONTAINER.equals(status.getName()))
            .filter(status -> status.getState() != null)
            .map(status -> status.getState().getTerminated())
            .filter(Objects::nonNull)
            .findFirst();
  }

  private static Optional<String> left(ContainerStateTerminated end) {
    return PodTroubles.isOutOfMemory(end)
        ? Optional.of(PodTroubles.OUT_OF_MEMORY)
        : Optional.ofNullable(end.getMessage()).filter(message -> !message.isBlank());
  }

  private Optional<Progress> lastLine(String pod) {
    try {
      return Progress.last(
          client
              .pods()
              .inNamespace(namespace())
              .withName(pod)
              .inContainer(ServerPod.CONTAINER)
              .tailingLines(TAIL_LINES)
              .getLog());
    } catch (KubernetesClientException e) {
      // 400: it does not run yet. Else its node does not answer, or we may not read it.
      return e.getCode() == NOT_YET ? Optional.empty() : Optional.of(Progress.unreadable());
    }
  }

  private List<Pod> pods(String job) {
    return client
        .pods()
        .inNamespace(namespace())
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems();
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace());
  }

  private String namespace() {
    return bothy.getMetadata().getNamespace();
  }
}
