package dev.bothy.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// An installation's life on a real cluster, in the order in which IT lives it. Each step stands on
/// those before it.
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallTest {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final String ROTATION = "Support desk";

  private KubernetesClient client;
  private Release release;

  @BeforeAll
  void begin() {
    Node.require();
    client = Node.client();
    release = Release.trial(client);
  }

  @AfterAll
  void end() {
    if (client != null) {
      client.namespaces().withName(release.namespace).delete();
      client.close();
    }
  }

  @Test
  @Order(1)
  void helmInstallFromNothingEndsWithAnInstallationThatIsReady() {
    Instant begin = Instant.now();
    release.install(3);
    release.awaitReady();
    Measured.say(
        "helm install to Ready, trial, five values", Duration.between(begin, Instant.now()));

    assertThat(release.condition("PreflightPassed").getStatus()).isEqualTo("True");
    assertThat(release.condition("Migrated").getStatus()).isEqualTo("True");
    assertThat(release.condition("TrialPrepared").getStatus()).isEqualTo("True");
    assertThat(release.status().version()).isEqualTo(release.bothy().getSpec().version());
    // The preflight signed in with its pod's token, and the first server made its key there.
    assertThat(release.status().preflight())
        .anySatisfy(check -> {
          assertThat(check.name()).isEqualTo("key");
          assertThat(check.result()).isEqualTo("PASS");
        });
    assertThat(release.openBao("transit/keys/bothy-installation"))
        .hasValueSatisfying(key -> assertThat(key.path("exportable").asBoolean()).isFalse());
    assertThat(
            client.secrets().inNamespace(release.namespace).withName("bothy-trial").get().getData())
        .as("no key but the one that opens OpenBao lies in Kubernetes")
        .doesNotContainKey("local-key");
  }

  @Test
  @Order(2)
  void aPersonSignsInThroughTheServiceAndMakesARotationInTheSandbox() {
    try (Visitor visitor = Visitor.of(release)) {
      Instant begin = Instant.now();
      visitor.signIn(Release.OWNER, release.secret("owner-password"));
      Page page = visitor.page;
      page.locator(".person").waitFor();
      page.navigate("http://" + Release.PUBLIC_HOST + "/w/main/sandbox");
      Locator composer = page.locator("#composer textarea");
      composer.fill("/rotation new");
      composer.press("Enter");
      Locator form = page.locator("dialog.room-form[open]");
      form.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(ROTATION);
      form.getByLabel("People, in the order of their turns").last().selectOption("Ada Byron");
      form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create")).click();
      assertThat(page.locator("#messages .message").last()).containsText(ROTATION);
      visitor.picture("cluster-rotation");
      Measured.say("first page to a rotation", Duration.between(begin, Instant.now()));
    }
  }

  @Test
  @Order(3)
  void helmTestPasses() {
    assertThat(release.helm(3, "test", "bothy", "--logs").orFail())
        .contains("Succeeded")
        .contains("PASS")
        .contains("bothy-installation wraps and unwraps")
        .doesNotContain("FAIL ");
  }

  @Test
  @Order(4)
  void everyManifestOfEveryExamplePassesTheApiServersDryRun() {
    for (Path example : Release.examples()) {
      assertThat(release.dryRun(example)).as(example.toString()).isEmpty();
    }
  }

  @Test
  @Order(5)
  void anUpgradeWithChangedValuesRollsTheServers() {
    Map<String, String> before = podNames();
    release.settle("settings: {bothy.work.workers: \"4\"}");
    release.awaitReady();
    Eventually.holds(
        SOON,
        () ->
            assertThat(podNames().keySet())
                .hasSize(2)
                .doesNotContainAnyElementsOf(before.keySet()));
    assertThat(
            client
                .configMaps()
                .inNamespace(release.namespace)
                .withName("bothy-config")
                .get()
                .getData()
                .get("application.yaml"))
        .contains("bothy.work.workers: \"4\"");
  }

  @Test
  @Order(6)
  void anImageThatDoesNotExistIsExplainedAndWhatServedGoesOn() {
    String image = release.bothy().getSpec().image();
    release.patch("{\"image\":\"localhost/bothy/bothy-server:9.9.9\"}");
    Eventually.holds(
        SOON,
        () ->
            assertThat(release.condition("Ready").getMessage())
                .contains("bothy-server:9.9.9 cannot be pulled"));
    assertThat(release.condition("Available").getStatus()).isEqualTo("True");
    release.patch("{\"image\":\"" + image + "\"}");
    release.awaitReady();
  }

  @Test
  @Order(7)
  void threeAlertsFireWhenSomethingIsReallyBroken() throws IOException {
    try (Prometheus prometheus = new Prometheus(release)) {
      Eventually.holds(
          SOON,
          () -> {
            assertThat(prometheus.value("count(up{job=\"bothy\"} == 1)")).contains(2.0);
            assertThat(prometheus.value("up{job=\"bothy-operator\"}")).contains(1.0);
            assertThat(prometheus.value("bothy_operator_leader")).contains(1.0);
            assertThat(prometheus.value("min(bothy_aot_cache_in_use)")).contains(1.0);
            assertThat(prometheus.firing()).isEmpty();
          });

      String processor = "sum(process_cpu_seconds_total{job=\"bothy-operator\"})";
      double before = prometheus.await(processor);
      Instant then = Instant.now();

      // A role that PostgreSQL does not know: nothing is changed, and the servers go on.
      release.patch("{\"database\":{\"migrateUser\":\"nobody\"}}");
      Eventually.holds(
          SOON,
          () -> {
            assertThat(release.status().phase()).isEqualTo(Phase.Blocked);
            assertThat(prometheus.firing())
                .contains("BothyPreflightFailing", "BothyInstallationNotReady");
            assertThat(prometheus.value("count(up{job=\"bothy\"} == 1)")).contains(2.0);
          });
      release.patch("{\"database\":{\"migrateUser\":\"bothy_migrate\"}}");
      release.awaitReady();

      Measured.operator(
          prometheus.await("max(process_resident_memory_bytes{job=\"bothy-operator\"})"),
          prometheus.await(processor) - before,
          Duration.between(then, Instant.now()));

      // The operator is gone.
      client
          .apps()
          .deployments()
          .inNamespace(release.namespace)
          .withName("bothy-operator")
          .scale(0);
      Eventually.holds(SOON, () -> assertThat(prometheus.firing()).contains("BothyTargetMissing"));

      // Without it nobody mends the servers that are gone.
      client.apps().deployments().inNamespace(release.namespace).withName("bothy").scale(0);
      Eventually.holds(
          SOON, () -> assertThat(prometheus.value("up{job=\"bothy\"} == 1")).isEmpty());
      client
          .apps()
          .deployments()
          .inNamespace(release.namespace)
          .withName("bothy-operator")
          .scale(1);
      // The status says Ready from before; the operator has yet to come and mend the servers.
      release.awaitServers(2);
      release.awaitReady();
      Eventually.holds(SOON, () -> assertThat(prometheus.firing()).isEmpty());
    }
  }

  @Test
  @Order(8)
  void nothingAcknowledgedIsLostWhileAServerTheOperatorAndTheApiServerGo() throws Exception {
    try (SlackLoad load = SlackLoad.connect(release)) {
      release.settle(load.values());
      release.awaitReady();
      load.start("http://" + release.reach("bothy", 80));

      load.awaitAnother(25);
      client.pods().resource(release.pods("server").getFirst()).withGracePeriod(0).delete();
      load.awaitAnother(100);
      client.pods().resource(release.pods("operator").getFirst()).withGracePeriod(0).delete();
      load.awaitAnother(100);
      Node.signalApiServer("STOP");
      try {
        Thread.sleep(Duration.ofMinutes(1));
      } finally {
        Node.signalApiServer("CONT");
      }
      // What it said meanwhile comes first.
      load.awaitAnother(400);

      JsonNode ledger = load.stop();
      System.err.println("MEASURED load while parts went: " + ledger);
      assertThat(ledger.path("lost").asInt()).isZero();
      assertThat(ledger.path("doubled").asInt()).isZero();
      // A node whose processors others take answers late whatever we do; how often is printed.
      assertThat(ledger.path("failures"))
          .as("no acknowledgement fails after one retry but for want of a processor")
          .allSatisfy(
              failure -> assertThat(failure.path("retry").asText()).startsWith("no answer in"));
    }
    release.awaitReady();
  }

  @Test
  @Order(9)
  void helmUninstallLeavesNothingButWhatItNames() {
    Instant begin = Instant.now();
    release.helm(3, "uninstall", "bothy", "--wait", "--timeout", "2m").orFail();
    Eventually.holds(
        Duration.ofMinutes(2),
        () ->
            assertThat(client.pods().inNamespace(release.namespace).list().getItems())
                .extracting(pod -> pod.getMetadata().getName())
                // Helm keeps the pod of the last helm test, whose logs somebody may want.
                .isSubsetOf("bothy-test"));
    Measured.say("helm uninstall until no pod is left", Duration.between(begin, Instant.now()));
    assertThat(client.persistentVolumeClaims().inNamespace(release.namespace).list().getItems())
        .extracting(claim -> claim.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "data-bothy-trial-postgresql-0",
            "backups-bothy-trial-postgresql-0",
            "data-bothy-trial-openbao-0");
    assertThat(client.secrets().inNamespace(release.namespace).list().getItems())
        .extracting(secret -> secret.getMetadata().getName())
        .containsExactly("bothy-trial");
    assertThat(client.batch().v1().jobs().inNamespace(release.namespace).list().getItems())
        .isEmpty();
  }

  @Test
  @Order(10)
  void helm4InstallsAgainOnTheDataThatWasLeft() {
    Instant begin = Instant.now();
    release.install(4);
    release.awaitReady();
    Measured.say("helm install again to Ready", Duration.between(begin, Instant.now()));
    try (Visitor visitor = Visitor.of(release)) {
      visitor.signIn(Release.OWNER, release.secret("owner-password"));
      visitor.page.navigate("http://" + Release.PUBLIC_HOST + "/w/main/rotations");
      assertThat(visitor.page.getByText(ROTATION).first()).isVisible();
      visitor.picture("cluster-again");
    }
  }

  private Map<String, String> podNames() {
    return release.pods("server").stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .collect(
            java.util.stream.Collectors.toMap(
                pod -> pod.getMetadata().getName(), pod -> pod.getStatus().getPhase()));
  }
}
