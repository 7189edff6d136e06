package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.api.RestoreStatus.Phase;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Restores and the installation that they stop, against an API server.
@Tag("real")
class RestoreTest {
  private static final String ID = "20261127t021500z-3f9a1c";
  private static final String DONE =
      "{\"outcome\":\"Succeeded\",\"message\":\"done\",\"backup\":{\"id\":\""
          + ID
          + "\",\"takenAt\":\"2026-11-27T02:15:00Z\",\"version\":\"1.2.3\"}}";
  private static final String KILLED = "";
  private static final String DAMAGED =
      "{\"outcome\":\"Refused\",\"reason\":\"DamagedObject\",\"message\":\"data/x/00001 is damaged\"}";

  /// Longer than any pause between two tries.
  private static final Duration RETRY = Duration.ofMinutes(6);

  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(ApiServer.shared());
  }

  @AfterEach
  void end() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void serversAreGoneWhileTheDataAreReplacedAndComeBackAfterwards() {
    cluster.install(installation());
    Pod server = serverPod();
    create("r", "safetyBackup: false, from: {newest: NewestGood}");
    Job check = cluster.job("restore-check");
    assertThat(arguments(check))
        .containsExactly(
            "restore", "--report=/dev/termination-log", "--check", "--backup=newest-good");
    assertThat(replicas()).isEqualTo(2);
    cluster.end(check, true, DONE);

    Eventually.holds(() -> {
      assertThat(replicas()).isZero();
      assertThat(cluster.status().phase()).isEqualTo(BothyStatus.Phase.Restoring);
      assertThat(cluster.condition("Ready").getMessage()).contains("Restore r");
      assertThat(phase("r")).isEqualTo(Phase.Stopping);
      assertThat(message("r")).contains(server.getMetadata().getName());
    });
    assertThat(jobs("restore-load")).isEmpty();
    cluster.client.resource(server).withGracePeriod(0).delete();

    Job load = cluster.job("restore-load");
    assertThat(arguments(load))
        .containsExactly(
            "restore", "--report=/dev/termination-log", "--backup=" + ID, "--safety-backup=false");
    assertThat(load.getMetadata().getOwnerReferences()).extracting("kind").containsExactly("Bothy");
    cluster.end(load, true, DONE);

    Eventually.holds(() -> assertThat(replicas()).isEqualTo(2));
    assertThat(phase("r")).isEqualTo(Phase.Starting);
    cluster.serve();
    Eventually.holds(() -> {
      assertThat(phase("r")).isEqualTo(Phase.Held);
      assertThat(message("r")).contains("kubectl patch restore r");
    });
    assertThat(jobs("restore-release")).isEmpty();
    patch("r", "{\"spec\":{\"release\":true}}");
    Job release = cluster.job("restore-release");
    assertThat(arguments(release)).containsExactly("release", "--report=/dev/termination-log");
    cluster.end(release, true, DONE);
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Released));
    assertThat(cluster.status().restore()).isNull();
    assertThat(jobs("preflight")).as("nothing else was begun").hasSize(1);
  }

  @Test
  void anOperatorThatIsReplacedInAnyPhaseGoesOnWhereTheLastOneWas() throws IOException {
    cluster.install(installation());
    Pod server = serverPod();
    create("r", "safetyBackup: false, from: {newest: Newest}");
    Job check = cluster.job("restore-check");
    cluster.replaceOperator(() -> cluster.end(check, true, DONE));
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Stopping));
    cluster.replaceOperator(() -> cluster.client.resource(server).withGracePeriod(0).delete());
    Job load = cluster.job("restore-load");
    cluster.replaceOperator();
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Restoring));
    assertThat(replicas()).isZero();
    cluster.replaceOperator(() -> cluster.end(load, false, KILLED));
    cluster.clock.pass(RETRY);
    Job again = cluster.job("restore-load");
    assertThat(again.getMetadata().getName()).endsWith("-2");
    cluster.replaceOperator(() -> cluster.end(again, true, DONE));
    Eventually.holds(() -> assertThat(replicas()).isEqualTo(2));
    cluster.replaceOperator(cluster::serve);
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Held));
    cluster.replaceOperator(() -> patch("r", "{\"spec\":{\"release\":true}}"));
    Job release = cluster.job("restore-release");
    cluster.replaceOperator(() -> cluster.end(release, true, DONE));
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Released));
    cluster.replaceOperator();
    Eventually.holds(cluster::assertReady);
    assertThat(jobs("restore-")).as("none was begun twice").hasSize(4);
  }

  @Test
  void whoeverScalesUpInBetweenIsScaledDownAgainAndNothingElseIsWritten() {
    toLoading("r");
    Map<String, String> before = versions();
    String restore = restore("r").getMetadata().getResourceVersion();
    double looked = cluster.reconciliations();
    cluster.client.apps().deployments().inNamespace(cluster.namespace).withName("bothy").scale(3);
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked + 1));
    Eventually.holds(() -> assertThat(replicas()).isZero());
    assertThat(versions()).isEqualTo(before);
    assertThat(restore("r").getMetadata().getResourceVersion()).isEqualTo(restore);
  }

  @Test
  void aChangeOfTheSpecificationWaitsUntilTheRestoreIsDone() {
    toLoading("r");
    cluster
        .client
        .resource(cluster.bothy())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"publicAddress\":\"https://b.example.com\"}}");
    double looked = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked + 1));
    assertThat(jobs("preflight")).hasSize(1);
    assertThat(replicas()).isZero();
    cluster.end(cluster.job("restore-load"), true, DONE);
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    Eventually.holds(() -> assertThat(replicas()).isEqualTo(2));
  }

  @Test
  void whereAnAutoscalerDecidesItFindsOneServerToGoOnFrom() {
    Bothy scaled = installation();
    cluster.install(
        Serialization.unmarshal(
            Serialization.asYaml(scaled).replace("  replicas: 2\n", ""), Bothy.class));
    create("r", "safetyBackup: false, from: {newest: Newest}");
    cluster.end(cluster.job("restore-check"), true, DONE);
    cluster.end(cluster.job("restore-load"), true, DONE);
    Eventually.holds(() -> assertThat(replicas()).isEqualTo(1));
    // The autoscaler's turn.
    cluster.client.apps().deployments().inNamespace(cluster.namespace).withName("bothy").scale(4);
    double looked = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked));
    assertThat(replicas()).isEqualTo(4);
  }

  @Test
  void loadingThatFailsThreeTimesIsUndoneAndTheServersComeBack() {
    toLoading("r");
    for (int attempt = 1; attempt <= 3; attempt++) {
      Job load = cluster.job("restore-load");
      assertThat(load.getMetadata().getName()).endsWith("-" + attempt);
      cluster.end(load, false, KILLED);
      assertThat(replicas()).isZero();
      cluster.clock.pass(RETRY);
    }
    Job undo = cluster.job("restore-undo");
    assertThat(arguments(undo))
        .containsExactly("restore", "--report=/dev/termination-log", "--undo");
    assertThat(replicas()).isZero();
    cluster.end(undo, true, "{\"outcome\":\"RolledBack\",\"message\":\"undone\"}");
    Eventually.holds(() -> {
      assertThat(phase("r")).isEqualTo(Phase.RolledBack);
      assertThat(replicas()).isEqualTo(2);
    });
  }

  @Test
  void aCheckThatRefusesLeavesEverythingAsItIs() {
    cluster.install(installation());
    String deployment = cluster.deployment().getMetadata().getResourceVersion();
    create("r", "from: {backup: " + ID + "}");
    cluster.end(cluster.job("restore-check"), false, DAMAGED);
    Eventually.holds(() -> {
      assertThat(phase("r")).isEqualTo(Phase.Failed);
      assertThat(message("r")).contains("data/x/00001 is damaged").contains("Nothing was changed");
    });
    assertThat(cluster.deployment().getMetadata().getResourceVersion()).isEqualTo(deployment);
    cluster.assertReady();
  }

  @Test
  void whatIsThereIsBackedUpFirstAsABackupThatStays() {
    cluster.install(installation());
    create("r", "from: {newest: Newest}");
    cluster.end(cluster.job("restore-check"), true, DONE);
    Job saving = cluster.job("backup");
    assertThat(phase("r")).isEqualTo(Phase.SavingPresent);
    assertThat(replicas()).as("servers run meanwhile").isEqualTo(2);
    cluster.end(saving, true, DONE.replace(ID, "20261127t101010z-000000"));
    cluster.end(cluster.job("restore-load"), true, DONE);
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Starting));
    cluster.client.resource(restore("r")).delete();
    assertThat(
            cluster
                .client
                .resources(Backup.class)
                .inNamespace(cluster.namespace)
                .withName("before-r")
                .get()
                .getMetadata()
                .getOwnerReferences())
        .isEmpty();
  }

  @Test
  void theLaterOfTwoBeginsWhenTheEarlierHasRestoredAndTakesItsPlace() {
    cluster.install(installation());
    create("a", "safetyBackup: false, from: {newest: Newest}");
    create("b", "safetyBackup: false, from: {newest: Newest}");
    Job check = cluster.job("restore-check");
    Eventually.holds(() -> assertThat(message("b")).contains("Restore a comes first"));
    assertThat(jobs("restore-check")).hasSize(1);
    cluster.end(check, true, DONE);
    cluster.end(cluster.job("restore-load"), true, DONE);
    cluster.end(cluster.job("restore-check"), true, DONE);
    cluster.end(cluster.job("restore-load"), true, DONE);
    Eventually.holds(() -> assertThat(replicas()).isEqualTo(2));
    cluster.serve();
    Eventually.holds(() -> {
      assertThat(phase("b")).isEqualTo(Phase.Held);
      assertThat(phase("a")).isEqualTo(Phase.Superseded);
    });
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void oneThatIsDeletedWhileItLoadsIsFinishedOrUndoneBeforeServersStart(boolean well) {
    toLoading("r");
    Job load = cluster.job("restore-load");
    cluster.client.resource(restore("r")).delete();
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getMessage()).contains("was deleted"));
    assertThat(replicas()).isZero();
    cluster.end(load, well, well ? DONE : KILLED);
    if (!well) {
      Job undo = cluster.job("restore-undo");
      assertThat(replicas()).isZero();
      cluster.end(undo, false, KILLED);
      cluster.clock.pass(RETRY);
      cluster.end(cluster.job("restore-undo"), true, DONE);
    }
    Eventually.holds(() -> {
      assertThat(replicas()).isEqualTo(2);
      assertThat(cluster.status().restore()).isNull();
    });
  }

  @Test
  void intoAnEmptyInstallationItGoesBeforeAnythingElse() {
    create("r", "from: {newest: Newest}");
    Eventually.holds(() -> assertThat(message("r")).contains("Bothy"));
    cluster.secrets();
    cluster.create(installation());
    Job check = cluster.job("restore-check");
    assertThat(jobs("preflight")).isEmpty();
    cluster.end(check, true, DONE);
    Job load = cluster.job("restore-load");
    assertThat(arguments(load)).doesNotContain("--safety-backup=false");
    assertThat(jobs("preflight")).isEmpty();
    cluster.end(load, true, DONE);
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    cluster.deployment();
    cluster.serve();
    Eventually.holds(() -> assertThat(phase("r")).isEqualTo(Phase.Held));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from: {}                                          | one of backup, at and newest
          from: {newest: Newest, at: 2026-11-27T02:15:00Z}  | one of backup, at and newest
          from: {newest: Oldest}                            | spec.from.newest
          from: {backup: newest}                            | spec.from.backup
          safetyBackup: true                                | spec.from
          """)
  void isRefusedWithTheFieldAndWhatIsAllowed(String spec, String says) {
    assertThatThrownBy(() -> create("wrong", spec)).hasMessageContaining(says);
  }

  @Test
  void nothingButReleaseCanBeChangedAndThatOnlyOnce() {
    create("r", "from: {newest: Newest}");
    for (String change :
        List.of(
            "{\"spec\":{\"from\":{\"newest\":\"NewestGood\"}}}",
            "{\"spec\":{\"safetyBackup\":false}}",
            "{\"spec\":{\"installation\":\"0a1b2c3d-0000-0000-0000-000000000000\"}}")) {
      assertThatThrownBy(() -> patch("r", change)).hasMessageContaining("make another Restore");
    }
    patch("r", "{\"spec\":{\"release\":true}}");
    assertThatThrownBy(() -> patch("r", "{\"spec\":{\"release\":false}}"))
        .hasMessageContaining("release cannot be taken back");
  }

  /// An installation, and a restore whose Job loads.
  private void toLoading(String name) {
    cluster.install(installation());
    create(name, "safetyBackup: false, from: {newest: Newest}");
    cluster.end(cluster.job("restore-check"), true, DONE);
    cluster.job("restore-load");
    Eventually.holds(() -> {
      assertThat(phase(name)).isEqualTo(Phase.Restoring);
      assertThat(message(name)).contains("is loaded");
    });
  }

  private static Bothy installation() {
    return Examples.withStorage();
  }

  private void create(String name, String spec) {
    String yaml =
        """
        apiVersion: bothy.dev/v1alpha1
        kind: Restore
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(name, spec);
    cluster
        .client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace(cluster.namespace)
        .create();
  }

  private void patch(String name, String change) {
    cluster
        .client
        .resources(Restore.class)
        .inNamespace(cluster.namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  private Pod serverPod() {
    return cluster.pod(
        "bothy-server-1",
        Map.of("app.kubernetes.io/name", "bothy", "app.kubernetes.io/component", "server"),
        cluster.deployment().getSpec().getTemplate().getSpec(),
        new PodStatusBuilder().withPhase("Running").build());
  }

  private Restore restore(String name) {
    return Objects.requireNonNull(
        cluster
            .client
            .resources(Restore.class)
            .inNamespace(cluster.namespace)
            .withName(name)
            .get());
  }

  private Phase phase(String name) {
    return RestoreStatus.phaseOf(restore(name));
  }

  private String message(String name) {
    return Objects.requireNonNull(restore(name).getStatus(), "no status").conditions().stream()
        .filter(condition -> condition.getType().equals("Complete"))
        .map(condition -> condition.getMessage())
        .findFirst()
        .orElseThrow();
  }

  private int replicas() {
    return cluster.deployment().getSpec().getReplicas();
  }

  private List<Job> jobs(String component) {
    return cluster
        .client
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .stream()
        .filter(job -> job.getMetadata().getName().startsWith("bothy-" + component))
        .toList();
  }

  /// Of what the operator makes, the Deployment aside.
  private Map<String, String> versions() {
    Map<String, String> versions = new java.util.TreeMap<>();
    jobs("")
        .forEach(job ->
            versions.put(job.getMetadata().getName(), job.getMetadata().getResourceVersion()));
    versions.put("bothy", cluster.bothy().getMetadata().getResourceVersion());
    cluster
        .client
        .configMaps()
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .forEach(map ->
            versions.put(map.getMetadata().getName(), map.getMetadata().getResourceVersion()));
    return versions;
  }

  private static List<String> arguments(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
  }
}
