package dev.bothy.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.testkit.ApiServer;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An installation's way, against an API server.
@Tag("real")
class InstallationTest {
  private static final String REFUSED =
      "{\"checks\":[{\"name\":\"database\",\"result\":\"FAIL\",\"message\":\"password authentication"
          + " failed for user bothy_app\",\"fix\":\"put the right password into Secret database\"}]}";

  /// After it a Job that failed for the first time is begun anew.
  private static final Duration RETRY = Duration.ofSeconds(11);

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
  void nothingServesBeforePreflightAndMigrationHaveEndedWell() {
    cluster.secrets();
    cluster.create(Examples.production());

    Job preflight = cluster.job("preflight");
    assertThat(arguments(preflight)).containsExactly("preflight", "--report=/dev/termination-log");
    assertNoDeployment();
    cluster.end(preflight, true, Cluster.PASSED);

    Job migration = cluster.job("migrate");
    assertThat(arguments(migration)).containsExactly("migrate");
    assertNoDeployment();
    cluster.end(migration, true, "");

    cluster.deployment();
    Eventually.holds(() -> {
      assertThat(cluster.status().phase()).isEqualTo(Phase.Rolling);
      assertThat(cluster.status().version()).isNull();
    });
    cluster.serve();
    Eventually.holds(() -> {
      cluster.assertReady();
      assertThat(cluster.status().version()).isEqualTo("1.2.3");
      assertThat(cluster.status().observedGeneration()).isEqualTo(1);
      assertThat(cluster.status().preflight())
          .extracting("name", "result")
          .containsExactly(Tuple.tuple("database", "PASS"));
      assertThat(cluster.condition("Ready").getMessage())
          .isEqualTo("2 of 2 servers serve version 1.2.3");
    });
  }

  @Test
  void aPreflightThatFailsBlocksWithItsFixAndIsTriedAgain() {
    cluster.secrets();
    cluster.create(Examples.production());
    cluster.end(cluster.job("preflight"), false, REFUSED);

    Eventually.holds(() -> {
      assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked);
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("PreflightFailed");
      assertThat(cluster.condition("PreflightPassed").getMessage())
          .contains("password authentication failed")
          .contains("Fix: put the right password into Secret database");
    });
    assertNoDeployment();
    assertThat(warnings()).anySatisfy(note -> assertThat(note).contains("password authentication"));

    cluster.clock.pass(RETRY);
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    cluster.deployment();
    assertThat(cluster.condition("PreflightPassed").getStatus()).isEqualTo("True");
  }

  @Test
  void aMigrationThatFailsSaysTheLastErrorOfItsLog() {
    cluster.secrets();
    cluster.create(Examples.production());
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(
        cluster.job("migrate"),
        false,
        """
        {"@timestamp":"2026-11-22T00:00:00Z","log":{"level":"INFO"},"message":"Migrating"}
        {"@timestamp":"2026-11-22T00:00:01Z","log":{"level":"ERROR"},"message":"permission denied for schema bothy"}
        """);

    Eventually.holds(() ->
        assertThat(cluster.condition("Ready").getMessage())
            .isEqualTo("Migration: permission denied for schema bothy"));
    assertNoDeployment();
  }

  @Test
  void aPreflightThatLeavesNoReportCountsAsACheckThatFailed() {
    cluster.secrets();
    cluster.create(Examples.production());
    cluster.end(cluster.job("preflight"), false, "");

    Eventually.holds(() -> {
      assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked);
      assertThat(cluster.condition("PreflightPassed").getMessage())
          .contains("it did not come to its end");
      assertThat(cluster.status().preflight())
          .singleElement()
          .satisfies(check -> assertThat(check.failed()).isTrue());
      assertThat(cluster.metric("bothy_operator_preflight_failures")).isEqualTo(1);
    });
  }

  @Test
  void whyAJobNeverStartedStaysSaidAfterItsDeadlineHasTakenItsPod() {
    cluster.secrets();
    cluster.create(Examples.production());
    Job preflight = cluster.job("preflight");
    cluster.pod(preflight, Cluster.cannotPull());
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getMessage()).contains("cannot be pulled"));
    cluster.overdue(preflight);

    Eventually.holds(() -> assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked));
    assertSaysImageAndDeadline();
    double looked = cluster.reconciliations();
    Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked + 1));
    assertSaysImageAndDeadline();
  }

  private void assertSaysImageAndDeadline() {
    for (String type : List.of("Ready", "PreflightPassed")) {
      assertThat(cluster.condition(type).getMessage())
          .contains("it did not come to its end")
          .containsOnlyOnce("cannot be pulled")
          .containsOnlyOnce("longer than specified deadline");
    }
  }

  @Test
  void aSecretThatIsMendedIsSeenSoonHoweverLongAllWasBlocked() {
    cluster.secrets();
    cluster.create(Examples.production());
    cluster.end(cluster.job("preflight"), false, REFUSED);
    Eventually.holds(() -> assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked));
    cluster.clock.pass(Duration.ofHours(1));
    Job again = cluster.job("preflight");
    // From now on the same Job would be begun anew after minutes, by a clock that stands still.
    cluster.end(again, false, REFUSED);
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getReason()).isEqualTo("PreflightFailed"));

    cluster.secret("database", Map.of("app", "the right one", "migrate", "two"));
    assertThat(cluster.job("preflight").getMetadata().getName())
        .as("another revision")
        .isNotEqualTo(again.getMetadata().getName());
  }

  @Test
  void anErrorOfTheOperatorIsNotSaidOfAPhaseThatTheChangeHasNotReached() {
    cluster.install(Examples.production());
    cluster
        .client
        .rbac()
        .roles()
        .inNamespace(cluster.namespace)
        .withName("own-services.yaml")
        .edit(role -> {
          role.getRules().removeIf(rule -> rule.getResources().contains("secrets"));
          return role;
        });
    // Any event has the Secrets read, once the API server has taken note.
    Eventually.holds(() -> {
      cluster.client.services().inNamespace(cluster.namespace).withName("bothy").delete();
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("OperatorFailed");
    });
    change(Examples.with("replicas: 2", "replicas: 3"));

    Eventually.holds(() -> {
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("OperatorFailed");
      assertThat(cluster.condition("Ready").getObservedGeneration()).isEqualTo(2);
    });
    assertThat(cluster.status().phase()).isEqualTo(Phase.Ready);
    assertThat(cluster.status().observedGeneration())
        .as("the generation that the phase is about")
        .isEqualTo(1);
  }

  @Test
  void onceTheResourceIsGoneItsMetricsSayNothingOfItAnyMore() {
    cluster.install(Examples.production());
    Eventually.holds(
        () -> assertThat(cluster.metric("bothy_operator_installation_ready")).isEqualTo(1));
    cluster.client.resource(cluster.bothy()).delete();
    Eventually.holds(
        () -> assertThat(cluster.metric("bothy_operator_installation_ready")).isZero());
  }

  @Test
  void aMissingSecretIsNamedAndSoonFoundWhenItIsThere() {
    cluster.create(Examples.production());
    Eventually.holds(() -> {
      assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked);
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("ReferenceMissing");
      assertThat(cluster.condition("Ready").getMessage())
          .contains("Secret database is missing (its key app is wanted")
          .contains("Secret keys is missing");
    });
    cluster.secret("database", Map.of("app", "one"));
    Eventually.holds(() ->
        assertThat(cluster.condition("Ready").getMessage())
            .contains("Secret database has no value under the key migrate"));
    cluster.secrets();
    cluster.job("preflight");
  }

  @Test
  void theSameTroubleAgainIsTheSameEventCountedAlsoByTheNextOperator() throws IOException {
    cluster.create(Examples.production());
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getReason()).isEqualTo("ReferenceMissing"));
    cluster.secrets();
    cluster.job("preflight");
    // The Job is made before the status says so; an operator that ends in between says nothing.
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getReason()).isEqualTo("PreflightRuns"));
    // One that looks while some are gone and others are not has other words for it.
    cluster.replaceOperator(() -> {
      for (String name : List.of("database", "sign-on", "keys")) {
        cluster.client.secrets().inNamespace(cluster.namespace).withName(name).delete();
      }
    });
    // Secrets are not watched, only read; any event has them read.
    change(Examples.with("replicas: 2", "replicas: 3"));

    Eventually.holds(() -> {
      assertThat(cluster.condition("Ready").getReason()).isEqualTo("ReferenceMissing");
      assertThat(
              cluster
                  .client
                  .events()
                  .v1()
                  .events()
                  .inNamespace(cluster.namespace)
                  .list()
                  .getItems())
          .filteredOn(event -> "ReferenceMissing".equals(event.getReason()))
          .singleElement()
          .satisfies(event -> assertThat(event.getSeries().getCount()).isEqualTo(2));
    });
  }

  @Test
  void aSettingThatAFieldDecidesIsRefusedWithItsName() {
    cluster.secrets();
    cluster.create(
        Examples.with(
            "  region: eu-central", "  region: eu-central\n  settings: {bothy.egress.region: us}"));
    Eventually.holds(
        () -> assertThat(cluster.condition("Ready").getMessage()).contains("bothy.egress.region"));
  }

  @Test
  void driftIsRepaired() {
    cluster.install(Examples.production());
    Deployment deployment = cluster.deployment();
    cluster
        .client
        .resource(
            new DeploymentBuilder(deployment)
                .editSpec()
                .withReplicas(7)
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("somebody/elses:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .update();
    cluster.client.services().inNamespace(cluster.namespace).withName("bothy").delete();
    cluster
        .client
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(cluster.namespace)
        .withName("bothy")
        .delete();

    Eventually.holds(() -> {
      Deployment repaired = cluster.deployment();
      assertThat(repaired.getSpec().getReplicas()).isEqualTo(2);
      assertThat(repaired.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
          .isEqualTo("registry.example.com/bothy-server:1.2.3");
      assertThat(owned()).containsKeys("Service/bothy", "PodDisruptionBudget/bothy");
    });
  }

  @Test
  void aSecondReconcileWritesNothing() {
    cluster.install(Examples.production());
    Eventually.holds(() -> assertThat(owned()).hasSize(7));
    Map<String, String> before = owned();
    String status = cluster.bothy().getMetadata().getResourceVersion();
    // Each of these is an event that has the operator look again.
    for (int i = 0; i < 5; i++) {
      int round = i;
      double looked = cluster.reconciliations();
      cluster
          .client
          .services()
          .inNamespace(cluster.namespace)
          .withName("bothy")
          .edit(service -> {
            service.getMetadata().getAnnotations().put("somebody/round", String.valueOf(round));
            return service;
          });
      Eventually.holds(() -> assertThat(cluster.reconciliations()).isGreaterThan(looked));
    }
    Map<String, String> after = owned();
    before.remove("Service/bothy");
    after.remove("Service/bothy");
    assertThat(after).isEqualTo(before);
    assertThat(cluster.bothy().getMetadata().getResourceVersion()).isEqualTo(status);
  }

  @Test
  void whatServesIsLeftAloneWhileANewConfigurationDoesNotPass() {
    cluster.install(Examples.production());
    Deployment serving = cluster.deployment();
    String configuration = configuration();
    change(
        Examples.with(
            "publicAddress: https://bothy.example.com", "publicAddress: https://new.example.com"));
    cluster.end(cluster.job("preflight"), false, REFUSED);

    Eventually.holds(() -> assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked));
    assertThat(cluster.deployment().getSpec()).isEqualTo(serving.getSpec());
    assertThat(configuration()).isEqualTo(configuration);
    assertThat(cluster.condition("Available").getStatus()).isEqualTo("True");
    assertThat(cluster.status().version()).isEqualTo("1.2.3");
  }

  @Test
  void takingBackAChangeThatDidNotPassTakesBackItsComplaint() {
    cluster.install(Examples.production());
    change(Examples.with("  region: eu-central", "  region: us-east"));
    cluster.end(cluster.job("preflight"), false, REFUSED);
    Eventually.holds(() -> assertThat(cluster.status().phase()).isEqualTo(Phase.Blocked));

    change(Examples.production());
    Eventually.holds(() -> {
      cluster.assertReady();
      assertThat(cluster.condition("PreflightPassed").getStatus()).isEqualTo("True");
      assertThat(cluster.status().preflight()).noneMatch(BothyStatus.Check::failed);
    });
  }

  @Test
  void aChangedPasswordRollsTheServersAfterAPreflight() {
    cluster.install(Examples.production());
    String before = revision();
    cluster.secret("database", Map.of("app", "another", "migrate", "two"));
    // Secrets are not watched, only read; any event has them read.
    cluster.client.services().inNamespace(cluster.namespace).withName("bothy").delete();
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    Eventually.holds(() -> assertThat(revision()).isNotEqualTo(before));
    cluster.serve();
    Eventually.holds(() ->
        assertThat(
                cluster.client.batch().v1().jobs().inNamespace(cluster.namespace).list().getItems())
            .as("what the earlier revision left is taken away")
            .hasSize(2));
  }

  @Test
  void anImageThatCannotBePulledIsExplained() {
    cluster.secrets();
    cluster.create(Examples.production());
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    Deployment deployment = cluster.deployment();
    cluster.pod(
        "bothy-abc",
        deployment.getSpec().getTemplate().getMetadata().getLabels(),
        deployment.getSpec().getTemplate().getSpec(),
        Cluster.cannotPull());
    Eventually.holds(() ->
        assertThat(cluster.condition("Ready").getMessage())
            .contains("the image registry.example.com/bothy-server:1.2.3 cannot be pulled")
            .contains("imagePullSecrets"));
  }

  @Test
  void withoutReplicasAnAutoscalersNumberStays() {
    cluster.secrets();
    cluster.create(Examples.with("  replicas: 2\n", ""));
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    cluster.deployment();
    cluster.client.apps().deployments().inNamespace(cluster.namespace).withName("bothy").scale(5);
    cluster.serve();
    Eventually.holds(cluster::assertReady);
    assertThat(cluster.deployment().getSpec().getReplicas()).isEqualTo(5);
  }

  @Test
  void thePodGetsNoMoreSecretsThanItsPurposeNeeds() {
    cluster.install(Examples.production());
    assertThat(Serialization.asYaml(cluster.deployment()))
        .contains("spring.datasource.password")
        .doesNotContain("spring.flyway.password");
  }

  @Test
  void withKeysInVaultThePodsThatNeedThemGetATokenForItAndNoKey() {
    cluster.secrets();
    cluster.create(Examples.withVault());
    Job preflight = cluster.job("preflight");
    assertSignsIn(preflight.getSpec().getTemplate().getSpec());
    cluster.end(preflight, true, Cluster.PASSED);
    Job migration = cluster.job("migrate");
    assertThat(Serialization.asYaml(migration)).doesNotContain("bothy-vault", "bothy-keys");
    cluster.end(migration, true, "");
    assertSignsIn(cluster.deployment().getSpec().getTemplate().getSpec());
    assertThat(Serialization.unmarshal(configuration(), JsonNode.class).toString())
        .contains(
            "\"bothy.keys.provider\":\"vault\"",
            "\"bothy.keys.transit-path\":\"team/transit\"",
            "\"spring.cloud.vault.enabled\":true",
            "\"spring.cloud.vault.uri\":\"https://vault.example.com:8200\"",
            "\"spring.cloud.vault.namespace\":\"team\"",
            "\"spring.cloud.vault.authentication\":\"KUBERNETES\"",
            "\"spring.cloud.vault.kubernetes.role\":\"bothy-server\"",
            "\"spring.cloud.vault.kubernetes.kubernetes-path\":\"kubernetes\"",
            "\"spring.cloud.vault.kubernetes.service-account-token-file\":\"/etc/bothy-vault/token\"")
        .doesNotContain("local-file");
  }

  @Test
  void whileKeysGoOverThePodsThatNeedThemGetBothTheTokenAndTheKey() {
    cluster.secrets();
    cluster.create(Examples.withKeysGoingOver());
    Job preflight = cluster.job("preflight");
    cluster.end(preflight, true, Cluster.PASSED);
    Job migration = cluster.job("migrate");
    assertThat(Serialization.asYaml(migration)).doesNotContain("bothy-vault", "bothy-keys");
    cluster.end(migration, true, "");
    for (PodSpec pod :
        List.of(
            preflight.getSpec().getTemplate().getSpec(),
            cluster.deployment().getSpec().getTemplate().getSpec())) {
      assertThat(pod.getContainers().getFirst().getVolumeMounts())
          .extracting("name", "mountPath")
          .contains(
              Tuple.tuple("vault", "/etc/bothy-vault"), Tuple.tuple("keys", "/etc/bothy-keys"));
    }
    assertThat(Serialization.unmarshal(configuration(), JsonNode.class).toString())
        .contains(
            "\"bothy.keys.provider\":\"vault\"",
            "\"bothy.keys.other-provider\":\"local-file\"",
            "\"bothy.keys.local-file\":\"/etc/bothy-keys/local-key\"",
            "\"bothy.keys.allow-local-file-in-production\":true",
            "\"spring.cloud.vault.enabled\":true");
  }

  @Test
  void withADatabaseLoginFromVaultTheServerHasNoPasswordOfTheDatabase() {
    cluster.install(Examples.withDatabaseLoginFromVault());
    assertThat(Serialization.asYaml(cluster.deployment()))
        .doesNotContain("spring.datasource.password", "spring.flyway.password");
    assertThat(Serialization.unmarshal(configuration(), JsonNode.class).toString())
        .contains("\"bothy.database.vault-path\":\"database/creds/bothy-app\"")
        .doesNotContain("spring.datasource.username");
  }

  private static void assertSignsIn(PodSpec pod) {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getServiceAccountName()).isEqualTo("bothy-server");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("vault"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getProjected().getSources())
                .singleElement()
                .satisfies(source -> {
                  assertThat(source.getServiceAccountToken().getAudience()).isEqualTo("vault");
                  assertThat(source.getServiceAccountToken().getExpirationSeconds())
                      .isEqualTo(3600);
                }));
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .extracting("name", "mountPath")
        .contains(Tuple.tuple("vault", "/etc/bothy-vault"))
        .doesNotContain(Tuple.tuple("keys", "/etc/bothy-keys"));
  }

  @Test
  void withKeysInVaultAChangedPasswordIsARevisionOfItsOwnToo() {
    cluster.install(Examples.withVault());
    String before = revision();
    cluster.secret("database", Map.of("app", "another", "migrate", "two"));
    cluster.client.services().inNamespace(cluster.namespace).withName("bothy").delete();
    cluster.end(cluster.job("preflight"), true, Cluster.PASSED);
    cluster.end(cluster.job("migrate"), true, "");
    Eventually.holds(() -> assertThat(revision()).isNotEqualTo(before));
  }

  /// As `kubectl edit` would be done again when the operator has written meanwhile.
  private void change(Bothy wanted) {
    Eventually.holds(() ->
        assertThatCode(() ->
                cluster
                    .client
                    .resources(Bothy.class)
                    .inNamespace(cluster.namespace)
                    .withName(Bothy.NAME)
                    .edit(found -> {
                      BothySpec spec = wanted.getSpec();
                      found.setSpec(spec);
                      return found;
                    }))
            .doesNotThrowAnyException());
  }

  private String configuration() {
    return Objects.requireNonNull(
        cluster
            .client
            .configMaps()
            .inNamespace(cluster.namespace)
            .withName("bothy-config")
            .get()
            .getData()
            .get("application.yaml"));
  }

  private String revision() {
    return Objects.requireNonNull(
        cluster
            .deployment()
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("bothy.dev/revision"));
  }

  private void assertNoDeployment() {
    assertThat(cluster.client.apps().deployments().inNamespace(cluster.namespace).list().getItems())
        .isEmpty();
  }

  /// Everything that the operator made, by kind and name, with its version.
  private Map<String, String> owned() {
    Map<String, String> versions = new TreeMap<>();
    List.of(
            cluster
                .client
                .configMaps()
                .inNamespace(cluster.namespace)
                .withLabel("app.kubernetes.io/managed-by", "bothy-operator")
                .list()
                .getItems(),
            cluster.client.services().inNamespace(cluster.namespace).list().getItems(),
            cluster.client.apps().deployments().inNamespace(cluster.namespace).list().getItems(),
            cluster.client.batch().v1().jobs().inNamespace(cluster.namespace).list().getItems(),
            cluster
                .client
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(cluster.namespace)
                .list()
                .getItems())
        .forEach(list ->
            list.forEach(each -> {
              HasMetadata resource = (HasMetadata) each;
              versions.put(
                  resource.getKind() + "/" + resource.getMetadata().getName(),
                  resource.getMetadata().getResourceVersion());
            }));
    return versions;
  }

  private List<String> warnings() {
    return cluster
        .client
        .events()
        .v1()
        .events()
        .inNamespace(cluster.namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(event -> event.getNote())
        .toList();
  }

  private static List<String> arguments(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
  }
}
