package dev.bothy.operator.jobs;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why pods do not come up, in a person's words.
public final class PodTroubles {
  private static final Set<String> PULLING =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> CONFIGURING =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
  private static final int LONGEST = 400;
  static final String OUT_OF_MEMORY = "it needed more memory than its limit";

  private PodTroubles() {}

  /// The first trouble of any of them; empty if they have none, or only need time.
  public static Optional<String> of(List<Pod> pods) {
    return pods.stream().flatMap(pod -> of(pod).stream()).findFirst();
  }

  private static Optional<String> of(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null || pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    Stream<ContainerStatus> containers =
        Stream.concat(
            nullable(status.getInitContainerStatuses()), nullable(status.getContainerStatuses()));
    return containers
        .flatMap(container -> of(container, moreMemory(pod)).stream())
        .findFirst()
        .or(() -> unscheduled(status))
        .map(trouble -> "pod " + pod.getMetadata().getName() + ": " + trouble);
  }

  /// Why pods that run do not answer: what they say themselves is in their logs, but which one it
  /// is, and since when it has tried, is seen here. Empty if all of them are ready.
  public static Optional<String> unready(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> !Readiness.isPodReady(pod))
        .flatMap(pod ->
            pod.getStatus() == null
                ? Stream.empty()
                : nullable(pod.getStatus().getContainerStatuses())
                    .flatMap(container -> running(container).stream())
                    .map(since ->
                        "pod %s has run since %s and is not ready"
                            .formatted(pod.getMetadata().getName(), since)))
        .findFirst();
  }

  private static Optional<String> running(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(ContainerState::getRunning)
        .map(ContainerStateRunning::getStartedAt);
  }

  private static Stream<ContainerStatus> nullable(@Nullable List<ContainerStatus> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static Optional<String> of(ContainerStatus container, String moreMemory) {
    ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return startedAgain(container, moreMemory);
    }
    String detail = Objects.requireNonNullElse(waiting.getMessage(), "");
    if (PULLING.contains(waiting.getReason())) {
      return Optional.of(
          "the image %s cannot be pulled; check spec.image and spec.imagePullSecrets (%s)"
              .formatted(container.getImage(), cut(detail)));
    }
    if (CONFIGURING.contains(waiting.getReason())) {
      return Optional.of("the container cannot be made: " + cut(detail));
    }
    if (waiting.getReason().equals("CrashLoopBackOff")) {
      return Optional.of(
          "it ends again and again"
              + lastEnd(container).map(last -> ", last " + words(last, moreMemory)).orElse(""));
    }
    return Optional.empty();
  }

  /// One that ended runs again at first, until the pauses between its starts become long.
  private static Optional<String> startedAgain(ContainerStatus container, String moreMemory) {
    return Boolean.TRUE.equals(container.getReady())
        ? Optional.empty()
        : lastEnd(container)
            .map(last -> "it was started again after it ended " + words(last, moreMemory));
  }

  private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus container) {
    return Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated);
  }

  /// How a container ended.
  private static String words(ContainerStateTerminated end, String moreMemory) {
    return isOutOfMemory(end)
        ? "because " + OUT_OF_MEMORY + moreMemory
        : "with exit code %d: %s"
            .formatted(
                end.getExitCode(),
                cut(LogWords.of(Objects.requireNonNullElse(end.getMessage(), "no log"))));
  }

  /// The kernel ended it, so it could not say so itself.
  static boolean isOutOfMemory(ContainerStateTerminated end) {
    return "OOMKilled".equals(end.getReason());
  }

  /// Of a server the limit is in the specification.
  private static String moreMemory(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels != null && Purpose.SERVE.component().equals(labels.get(Names.COMPONENT))
        ? "; raise spec.pod.resources.limits.memory"
        : "";
  }

  private static Optional<String> unscheduled(PodStatus status) {
    return status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream()
            .filter(condition ->
                "PodScheduled".equals(condition.getType())
                    && "False".equals(condition.getStatus())
                    && "Unschedulable".equals(condition.getReason()))
            .map(condition -> "no node takes it: " + cut(condition.getMessage()))
            .findFirst();
  }

  private static String cut(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
