package dev.bothy.operator.installation;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why pods do not come up, in a person's words.
final class PodTroubles {
  private static final Set<String> PULLING =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> CONFIGURING =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
  private static final int LONGEST = 400;

  private PodTroubles() {}

  /// The first trouble of any of them; empty if they have none, or only need time.
  static Optional<String> of(List<Pod> pods) {
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
        .flatMap(container -> of(container).stream())
        .findFirst()
        .or(() -> unscheduled(status))
        .map(trouble -> "pod " + pod.getMetadata().getName() + ": " + trouble);
  }

  private static Stream<ContainerStatus> nullable(@Nullable List<ContainerStatus> list) {
    return list == null ? Stream.empty() : list.stream();
  }

  private static Optional<String> of(ContainerStatus container) {
    ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    if (waiting == null || waiting.getReason() == null) {
      return Optional.empty();
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
      ContainerStateTerminated last =
          container.getLastState() == null ? null : container.getLastState().getTerminated();
      return Optional.of(
          last == null
              ? "it ends again and again"
              : "it ends again and again, last with exit code %d: %s"
                  .formatted(
                      last.getExitCode(),
                      cut(LogWords.of(Objects.requireNonNullElse(last.getMessage(), "no log")))));
    }
    return Optional.empty();
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
