package dev.bothy.operator.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import org.junit.jupiter.api.Test;

class RollOutTest {
  @Test
  void podsThatAQuotaRefusesAreSaidWithItsWords() {
    assertThat(RollOut.replicaFailure(failure("True")))
        .contains("pods are refused: exceeded quota: memory");
  }

  @Test
  void aRefusalThatIsOverAndNoWordAtAllAreNone() {
    assertThat(RollOut.replicaFailure(failure("False"))).isEmpty();
    assertThat(RollOut.replicaFailure(new DeploymentStatus())).isEmpty();
  }

  private static DeploymentStatus failure(String holds) {
    return new DeploymentStatusBuilder()
        .addNewCondition()
        .withType("Progressing")
        .withStatus("True")
        .withMessage("found new replica set")
        .endCondition()
        .addNewCondition()
        .withType("ReplicaFailure")
        .withStatus(holds)
        .withMessage("exceeded quota: memory")
        .endCondition()
        .build();
  }
}
