package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerPod;
import dev.bothy.operator.jobs.ServerSettings;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/// The servers.
final class ServerDeployment extends Dependent<Deployment> {
  /// For how long a server goes on answering after it was told to end: until the last proxy knows.
  private static final long LEAVING_SECONDS = 5;

  /// That, and the server's own 20 s for what it has begun, and some more.
  private static final long GRACE_SECONDS = 45;

  ServerDeployment() {
    super(Deployment.class, "deployment");
  }

  @Override
  protected Deployment desired(Bothy bothy, Context<Bothy> context) {
    return deployment(bothy, Revision.of(context));
  }

  static Deployment deployment(Bothy bothy, String revision) {
    BothySpec spec = bothy.getSpec();
    String component = Purpose.SERVE.component();
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(Names.SERVER)
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(component))
        .endMetadata()
        .withNewSpec()
        .withReplicas(spec.replicas())
        .withRevisionHistoryLimit(3)
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(new IntOrString(0))
        .withMaxSurge(new IntOrString(1))
        .endRollingUpdate()
        .endStrategy()
        .withNewSelector()
        .withMatchLabels(Names.selector(component))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(new ServerPod(spec, Purpose.SERVE, Names.CONFIGURATION).labels())
        .addToAnnotations(Names.REVISION, revision)
        .endMetadata()
        .withSpec(pod(spec))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(BothySpec spec) {
    ServerPod pod = new ServerPod(spec, Purpose.SERVE, Names.CONFIGURATION);
    return pod.pod()
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .addNewTopologySpreadConstraint()
        .withMaxSkew(1)
        .withTopologyKey("kubernetes.io/hostname")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .withMatchLabels(Names.selector(Purpose.SERVE.component()))
        .endLabelSelector()
        .endTopologySpreadConstraint()
        .withContainers(
            pod.container()
                .withResources(pod.serverResources())
                .addNewPort()
                .withName("http")
                .withContainerPort(ServerSettings.PORT)
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("management")
                .withContainerPort(ServerSettings.MANAGEMENT_PORT)
                .withProtocol("TCP")
                .endPort()
                // Five minutes for a start on a busy node, then the usual patience.
                .withStartupProbe(probe("/livez", 2, 150))
                .withLivenessProbe(probe("/livez", 10, 6))
                .withReadinessProbe(probe("/readyz", 3, 2))
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(LEAVING_SECONDS)
                .endPreStop()
                .endLifecycle()
                .build())
        .build();
  }

  private static Probe probe(String path, int everySeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString("http"))
        .endHttpGet()
        .withPeriodSeconds(everySeconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(failures)
        .build();
  }
}
