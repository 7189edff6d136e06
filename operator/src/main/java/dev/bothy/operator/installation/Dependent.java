package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;

/// A resource that is made for the installation and kept as it should be: server-side apply writes
/// it when a field that the operator owns differs, and not otherwise.
abstract class Dependent<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, Bothy> {
  Dependent(Class<R> type, String name) {
    super(type, name);
    configureWith(
        new KubernetesDependentResourceConfigBuilder<R>()
            // One that lost our label is out of sight, and is to be mended, not found in the way.
            .withCreateResourceOnlyIfNotExistingWithSSA(false)
            .withKubernetesDependentInformerConfig(
                InformerConfiguration.builder(type)
                    .withName(name)
                    .withLabelSelector(Names.MANAGED_BY + "=" + Names.OPERATOR)
                    .build())
            .build());
  }
}
