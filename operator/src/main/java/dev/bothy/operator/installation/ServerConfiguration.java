package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/// The configuration in force: what the running servers read.
final class ServerConfiguration extends Dependent<ConfigMap> {
  ServerConfiguration() {
    super(ConfigMap.class, "configuration");
  }

  @Override
  protected ConfigMap desired(Bothy bothy, Context<Bothy> context) {
    return named(bothy, Names.CONFIGURATION);
  }

  static ConfigMap named(Bothy bothy, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(Purpose.SERVE.component()))
        .endMetadata()
        .withData(Map.of("application.yaml", ServerSettings.yaml(bothy.getSpec())))
        .build();
  }
}
