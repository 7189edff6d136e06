package dev.bothy.operator.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the specification says of the store, as servers and tools get it.
class StorageTest {
  private static final KeyRef BACKUP = new KeyRef("database", "backup");
  private static final Set<Purpose> WITH_STORE =
      Set.of(Purpose.SERVE, Purpose.PREFLIGHT, Purpose.BACKUP, Purpose.RESTORE, Purpose.DRILL);

  private static final String S3 =
      """
      storage:
        kind: S3
        endpoint: https://s3.example.com
        bucket: backups
        prefix: bothy/main
        s3Region: eu-central-1
        pathStyle: false
        region: eu-central
        objectLockDays: 14
        objectLockMode: Governance
        accessKey: {name: store, key: id}
        secretKey: {name: store, key: secret}
      backup: {keep: {daily: 14, weekly: 4, monthly: 6}}
      """;
  private static final String FOLDER =
      "storage: {kind: Folder, volumeClaim: backups, fsGroup: 7}\n";

  @Test
  void theSettingsAreTheServersOwn() {
    assertThat(ServerSettings.of(spec(S3)))
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("bothy.storage.kind", "s3"),
                Map.entry("bothy.storage.endpoint", "https://s3.example.com"),
                Map.entry("bothy.storage.bucket", "backups"),
                Map.entry("bothy.storage.prefix", "bothy/main"),
                Map.entry("bothy.storage.s3-region", "eu-central-1"),
                Map.entry("bothy.storage.path-style", false),
                Map.entry("bothy.storage.region", "eu-central"),
                Map.entry("bothy.storage.object-lock-days", 14),
                Map.entry("bothy.storage.object-lock-mode", "governance"),
                Map.entry("bothy.backup.username", "bothy_reader"),
                Map.entry("bothy.backup.keep-daily", 14),
                Map.entry("bothy.backup.keep-weekly", 4),
                Map.entry("bothy.backup.keep-monthly", 6)))
        .doesNotContainKeys("bothy.storage.access-key", "bothy.storage.secret-key");
    assertThat(ServerSettings.of(spec(FOLDER)))
        .containsEntry("bothy.storage.kind", "folder")
        .containsEntry("bothy.storage.folder", ServerSettings.STORAGE);
    assertThat(ServerSettings.of(spec("")).keySet())
        .noneMatch(name -> name.startsWith("bothy.storage"));
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void whoOnlyPassesRowsOnGetsASmallHeap(Purpose purpose) {
    PodSpec pod = new ServerPod(spec(S3), purpose, Names.CONFIGURATION).single();

    assertThat(pod.getContainers().getFirst().getEnv())
        .filteredOn(variable -> variable.getName().equals("JDK_JAVA_OPTIONS"))
        .extracting(EnvVar::getValue)
        .isEqualTo(
            Set.of(Purpose.BACKUP, Purpose.RESTORE).contains(purpose)
                ? List.of("-Xmx88m -XX:AOTMode=off")
                : List.of());
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void whoWorksWithTheStoreGetsItsKeyAndNobodyElse(Purpose purpose) {
    Map<String, KeyRef> secrets = purpose.secrets(spec(S3));
    if (WITH_STORE.contains(purpose)) {
      assertThat(secrets)
          .containsEntry("bothy.storage.access-key", new KeyRef("store", "id"))
          .containsEntry("bothy.storage.secret-key", new KeyRef("store", "secret"));
    } else {
      assertThat(secrets)
          .doesNotContainKeys("bothy.storage.access-key", "bothy.storage.secret-key");
    }
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void theBackupsPasswordIsForWhoBacksUpOrMakesTheRole(Purpose purpose) {
    Map<String, KeyRef> secrets = purpose.secrets(spec(S3));
    switch (purpose) {
      case BACKUP, RESTORE, PREPARE_DATABASE ->
          assertThat(secrets).containsEntry("bothy.backup.password", BACKUP);
      case SERVE, PREFLIGHT, MIGRATE, REALM, DRILL ->
          assertThat(secrets).doesNotContainKey("bothy.backup.password");
    }
  }

  @Test
  void aBackupGetsNoPasswordThatCouldChangeAnything() {
    assertThat(Purpose.BACKUP.secrets(spec(S3)))
        .containsOnlyKeys(
            "bothy.backup.password", "bothy.storage.access-key", "bothy.storage.secret-key");
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void theVolumeIsMountedWhereTheStoreIsWorkedWith(Purpose purpose) {
    ServerPod server = new ServerPod(spec(FOLDER), purpose, "settings");
    PodSpec pod = server.single();
    boolean mounted =
        pod.getVolumes().stream().map(Volume::getName).anyMatch(name -> name.equals("storage"));

    assertThat(mounted).isEqualTo(WITH_STORE.contains(purpose));
    assertThat(server.labels().containsKey(Names.STORAGE)).isEqualTo(mounted);
    if (mounted) {
      assertThat(pod.getContainers().getFirst().getVolumeMounts())
          .anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("storage");
            assertThat(mount.getMountPath()).isEqualTo(ServerSettings.STORAGE);
            assertThat(mount.getReadOnly()).isNotEqualTo(true);
          });
      assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(7L);
    }
  }

  @Test
  void inATrialAllWhoMountTheVolumeGoToOneNode() {
    BothySpec trial =
        Serialization.unmarshal(
            Serialization.asYaml(spec(FOLDER)).replace("Production", "Trial"), BothySpec.class);

    assertThat(new ServerPod(trial, Purpose.BACKUP, "settings").single().getAffinity().toString())
        .contains("kubernetes.io/hostname", Names.STORAGE);
    assertThat(new ServerPod(trial, Purpose.MIGRATE, "settings").single().getAffinity()).isNull();
    assertThat(new ServerPod(spec(FOLDER), Purpose.BACKUP, "settings").single().getAffinity())
        .isNull();
  }

  private static BothySpec spec(String storage) {
    return Serialization.unmarshal(
        """
        mode: Production
        version: 1.0.0
        image: registry.example.com/bothy-server:1.0.0
        publicAddress: https://bothy.example.com
        firstOwner: anna
        region: eu-central
        signOn: {issuer: https://login.example.com/realms/bothy}
        database:
          host: db.example.com
          appPassword: {name: database, key: app}
          migratePassword: {name: database, key: migrate}
          backupUser: bothy_reader
          backupPassword: {name: database, key: backup}
        keys: {provider: LocalFile, localKey: {name: keys, key: local-key}}
        """
            + storage,
        BothySpec.class);
  }
}
