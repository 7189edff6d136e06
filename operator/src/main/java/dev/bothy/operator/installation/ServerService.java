package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerSettings;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/// The servers' address in the cluster: `http` for people and networks, `management` for
/// Prometheus.
final class ServerService extends Dependent<Service> {
  private static final int HTTP = 80;

  ServerService() {
    super(Service.class, "service");
  }

  @Override
  protected Service desired(Bothy bothy, Context<Bothy> context) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(Names.SERVER)
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(Purpose.SERVE.component()))
        .endMetadata()
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(Names.selector(Purpose.SERVE.component()))
        .addNewPort()
        .withName("http")
        .withPort(HTTP)
        .withTargetPort(new IntOrString("http"))
        .withProtocol("TCP")
        .endPort()
        .addNewPort()
        .withName("management")
        .withPort(ServerSettings.MANAGEMENT_PORT)
        .withTargetPort(new IntOrString("management"))
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }
}
