package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Names;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;

/// Takes the servers away for a while and gives them back, whoever decides how many there are: the
/// number is a field of a manager of its own while it is zero. An autoscaler leaves a Deployment of
/// zero alone, and one that is given back has one server, from where it goes on.
final class Replicas {
  private static final String MANAGER = Names.OPERATOR + "-standstill";

  private final KubernetesClient client;
  private final String namespace;

  Replicas(KubernetesClient client, Bothy bothy) {
    this.client = client;
    this.namespace = bothy.getMetadata().getNamespace();
  }

  /// There may be no Deployment: then there is nothing to take away.
  void none() {
    Deployment found =
        client.apps().deployments().inNamespace(namespace).withName(Names.SERVER).get();
    if (found != null && !Objects.equals(found.getSpec().getReplicas(), 0)) {
      apply(named().withNewSpec().withReplicas(0).endSpec().build());
    }
  }

  /// Writes only where [#none] had written.
  void asBefore(Deployment found) {
    boolean taken =
        found.getMetadata().getManagedFields().stream()
            .anyMatch(each -> MANAGER.equals(each.getManager()));
    if (taken) {
      apply(named().build());
    }
  }

  private DeploymentBuilder named() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(Names.SERVER)
        .withNamespace(namespace)
        .endMetadata();
  }

  private void apply(Deployment part) {
    client.resource(part).fieldManager(MANAGER).forceConflicts().serverSideApply();
  }
}
