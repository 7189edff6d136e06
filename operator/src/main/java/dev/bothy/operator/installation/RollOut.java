package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.installation.StatusDraft.ConditionType;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.PodTroubles;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far the Deployment has brought the servers, and what holds it up.
final class RollOut {
  private final KubernetesClient client;
  private final Bothy bothy;
  private final Deployment servers;

  RollOut(KubernetesClient client, Bothy bothy, Deployment servers) {
    this.client = client;
    this.bothy = bothy;
    this.servers = servers;
  }

  Step look(StatusDraft draft) {
    BothySpec spec = bothy.getSpec();
    DeploymentStatus status =
        Objects.requireNonNullElseGet(servers.getStatus(), DeploymentStatus::new);
    int wanted = Objects.requireNonNullElse(servers.getSpec().getReplicas(), 1);
    int available = orZero(status.getAvailableReplicas());
    if (available > 0) {
      draft.holds(ConditionType.Available, "Serving", "Servers answer");
    } else {
      draft.fails(ConditionType.Available, "NoServer", "No server answers");
    }
    boolean seen =
        Objects.equals(status.getObservedGeneration(), servers.getMetadata().getGeneration());
    boolean whole =
        seen
            && orZero(status.getUpdatedReplicas()) == wanted
            && orZero(status.getReplicas()) == wanted
            && available == wanted;
    if (whole) {
      draft.serves(spec.version(), spec.image());
      return Step.ready(
          "%d of %d servers serve version %s".formatted(available, wanted, spec.version()));
    }
    List<Pod> pods = serverPods();
    return Step.waiting(
        Phase.Rolling,
        "RollingOut",
        PodTroubles.of(pods)
            .or(() -> replicaFailure(status))
            .orElseGet(() ->
                "%d of %d servers of version %s are up"
                        .formatted(orZero(status.getUpdatedReplicas()), wanted, spec.version())
                    + PodTroubles.unready(pods).map(pod -> "; " + pod).orElse("")));
  }

  /// E.g. a quota, or Pod Security.
  static Optional<String> replicaFailure(DeploymentStatus status) {
    return status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream()
            .filter(
                each -> "ReplicaFailure".equals(each.getType()) && "True".equals(each.getStatus()))
            .map(each -> "pods are refused: " + each.getMessage())
            .findFirst();
  }

  private List<Pod> serverPods() {
    return client
        .pods()
        .inNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.selector(Purpose.SERVE.component()))
        .list()
        .getItems();
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
