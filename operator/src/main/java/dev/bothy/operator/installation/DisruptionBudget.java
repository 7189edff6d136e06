package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/// Whoever empties a node takes one server at a time. A sick one never holds a node up.
final class DisruptionBudget extends Dependent<PodDisruptionBudget> {
  DisruptionBudget() {
    super(PodDisruptionBudget.class, "disruption-budget");
  }

  @Override
  protected PodDisruptionBudget desired(Bothy bothy, Context<Bothy> context) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName(Names.SERVER)
        .withNamespace(bothy.getMetadata().getNamespace())
        .withLabels(Names.labels(Purpose.SERVE.component()))
        .endMetadata()
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(Names.selector(Purpose.SERVE.component()))
        .endSelector()
        .endSpec()
        .build();
  }
}
