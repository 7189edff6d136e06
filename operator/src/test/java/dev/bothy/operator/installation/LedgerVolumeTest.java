package dev.bothy.operator.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerPod;
import dev.bothy.operator.jobs.ServerSettings;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/// The volume in which erasures are written down.
class LedgerVolumeTest {
  private static final String WITHOUT =
      """
      apiVersion: bothy.dev/v1alpha1
      kind: Bothy
      metadata:
        name: bothy
      spec:
        mode: Production
        version: 1.2.3
        image: registry.example.com/bothy-server:1.2.3
        publicAddress: https://bothy.example.com
        firstOwner: anna@example.com
        region: eu-central
        signOn:
          issuer: https://login.example.com/realms/bothy
        database:
          host: db.example.com
          appPassword: {name: database, key: app}
          migratePassword: {name: database, key: migrate}
        keys:
          localKey: {name: keys, key: local-key}
      """;
  private static final String WITH =
      WITHOUT + "  privacy: {ledger: {existingClaim: bothy-ledger, fsGroup: 10001}}\n";

  @Test
  void theServersWriteItWhereTheSettingSays() {
    Bothy bothy = bothy(WITH);
    PodSpec pod = pod(bothy);
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
        .singleElement()
        .satisfies(volume -> {
          assertThat(volume.getPersistentVolumeClaim().getClaimName()).isEqualTo("bothy-ledger");
          assertThat(volume.getPersistentVolumeClaim().getReadOnly()).isNotEqualTo(true);
        });
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .anySatisfy(mount -> {
          assertThat(mount.getName()).isEqualTo("ledger");
          assertThat(mount.getMountPath()).isEqualTo(ServerSettings.LEDGER);
          assertThat(mount.getReadOnly()).isNotEqualTo(true);
        });
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(10001L);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(ServerSettings.of(bothy.getSpec()))
        .containsEntry("bothy.privacy.ledger", ServerSettings.LEDGER);
  }

  @Test
  void nobodyElseMountsIt() {
    for (Purpose purpose : Purpose.values()) {
      if (purpose != Purpose.SERVE) {
        assertThat(new ServerPod(bothy(WITH).getSpec(), purpose, "settings").single().getVolumes())
            .extracting(Volume::getName)
            .doesNotContain("ledger");
      }
    }
  }

  @Test
  void withoutAClaimThereIsNone() {
    Bothy bothy = bothy(WITHOUT);
    assertThat(pod(bothy).getVolumes()).extracting(Volume::getName).doesNotContain("ledger");
    assertThat(pod(bothy).getSecurityContext().getFsGroup()).isNull();
    assertThat(ServerSettings.of(bothy.getSpec())).doesNotContainKey("bothy.privacy.ledger");
  }

  @Test
  void whoNamesTheFolderAmongTheSettingsIsToldThatItIsDecided() {
    Bothy bothy = bothy(WITH + "  settings: {bothy.privacy.ledger: /elsewhere}\n");
    assertThat(ServerSettings.decidedElsewhere(bothy.getSpec()))
        .containsExactly("bothy.privacy.ledger");
  }

  private static PodSpec pod(Bothy bothy) {
    return ServerDeployment.deployment(bothy, "1").getSpec().getTemplate().getSpec();
  }

  private static Bothy bothy(String yaml) {
    return Serialization.unmarshal(yaml, Bothy.class);
  }
}
