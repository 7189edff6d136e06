package dev.bothy.cluster;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.bothy.operator.testkit.Eventually;
import dev.bothy.operator.testkit.RealParts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// Backups, drills and a restore after the loss of the database, on a real cluster and a real S3
/// server beside it, while their pods are killed. Each step stands on those before it.
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupOnClusterTest {
  private static final Duration SOON = Duration.ofMinutes(6);
  private static final String ROTATION = "Support desk";
  private static final ObjectMapper JSON = new ObjectMapper();

  private KubernetesClient client;
  private Release release;
  private S3OfThisMachine s3;

  @BeforeAll
  void begin() throws IOException {
    Node.require();
    client = Node.client();
    RealParts.require(
        Files.isExecutable(Path.of("/usr/bin/psql")),
        "a restore after the loss of the database",
        "install postgresql-client");
    s3 = new S3OfThisMachine();
    release = Release.trial(client);
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s3")
                .withNamespace(release.namespace)
                .endMetadata()
                .withStringData(
                    Map.of(
                        "access-key",
                        S3OfThisMachine.ACCESS_KEY,
                        "secret-key",
                        S3OfThisMachine.SECRET_KEY))
                .build())
        .create();
    release.install(
        3,
        """
        storage:
          kind: S3
          endpoint: %s
          bucket: %s
          prefix: bothy/main
          region: local
          accessKey: {name: s3}
          secretKey: {name: s3}
        egress: {onPremisesHosts: ["%s"]}
        replicas: 1
        """
            .formatted(s3.endpoint(), S3OfThisMachine.BUCKET, s3.endpoint()));
    release.awaitReady();
    makeARotation();
  }

  @AfterAll
  void end() {
    if (s3 != null) {
      s3.close();
    }
    if (client != null) {
      if (release != null) {
        client.namespaces().withName(release.namespace).delete();
      }
      client.close();
    }
  }

  @Test
  @Order(1)
  void aBackupUnderWriteLoadWhosePodIsKilledIsMadeAllTheSame() throws Exception {
    try (SlackLoad load = SlackLoad.connect(release)) {
      release.settle(load.values(s3.endpoint()));
      release.awaitReady();
      load.start("http://" + release.reach("bothy", 80));
      load.awaitAnother(25);

      Instant begin = Instant.now();
      apply("Backup", "under-load", "{}");
      killOnceRunning("backup");
      await("backup", "under-load", "phase", "Succeeded");
      Measured.say("backup with a killed pod", Duration.between(begin, Instant.now()));

      JsonNode ledger = load.stop();
      assertThat(ledger.path("lost").asInt()).isZero();
    }
    JsonNode status = status("backup", "under-load");
    assertThat(status.path("backupId").asText()).matches("[0-9]{8}t[0-9]{6}z-[0-9a-f]{6}");
    assertThat(status.path("rows").asLong()).isPositive();
    assertThat(s3.objects("bothy/main/backups/" + status.path("backupId").asText()))
        .anySatisfy(file -> assertThat(file.toString()).endsWith("manifest.json"));
    System.err.println(release.kubectl("get", "backups,backupschedules").orFail());
  }

  @Test
  @Order(2)
  void aDrillWhosePodIsKilledProvesTheBackup() {
    Instant begin = Instant.now();
    apply("RestoreDrill", "first", drill());
    killOnceRunning("drill");
    Eventually.holds(
        Duration.ofMinutes(10),
        () -> assertThat(condition("restoredrill", "first", "Proven")).isEqualTo("True"));
    Measured.say("drill with a killed pod", Duration.between(begin, Instant.now()));
    System.err.println(status("restoredrill", "first").path("checks").toPrettyString());

    JsonNode backup =
        Eventually.gives(
            SOON,
            () -> {
              JsonNode found = status("backup", "under-load");
              assertThat(found.path("verifiedAt").asText()).isNotEmpty();
              return found;
            });
    assertThat(status("restoredrill", "first").path("lastBackupId"))
        .isEqualTo(backup.path("backupId"));
  }

  @Test
  @Order(3)
  void theLostDatabaseIsRestoredThoughThePodOfTheRestoreIsKilledAndWaitsForSomebodyToSayGo() {
    psql("drop schema bothy cascade");

    Instant begin = Instant.now();
    apply(
        "Restore",
        "after-loss",
        "{\"from\": {\"newest\": \"NewestGood\"}, \"safetyBackup\": false}");
    killOnceRunning("restore");
    await("restore", "after-loss", "phase", "Held");
    Measured.say("restore with a killed pod, to Held", Duration.between(begin, Instant.now()));
    release.awaitReady();

    try (Visitor visitor = Visitor.of(release)) {
      visitor.signIn(Release.OWNER, release.secret("owner-password"));
      visitor.page.navigate("http://" + Release.PUBLIC_HOST + "/w/main/rotations");
      assertThat(visitor.page.getByText(ROTATION).first()).isVisible();
      assertThat(visitor.page.locator("body")).containsText("Restored from the backup");
      visitor.picture("cluster-held");
    }
    release
        .kubectl(
            "patch", "restore", "after-loss", "--type=merge", "-p", "{\"spec\":{\"release\":true}}")
        .orFail();
    await("restore", "after-loss", "phase", "Released");
    assertThat(psql("select state from bothy.recovery order by restored_at desc limit 1"))
        .contains("RELEASED");
    System.err.println(release.kubectl("get", "restores,backups,restoredrills").orFail());
  }

  @Test
  @Order(4)
  void aBackupThatWasDamagedOnPurposeIsFoundByTheNextDrill() throws IOException {
    String id = status("backup", "under-load").path("backupId").asText();
    Path part = s3.objects("bothy/main/backups/" + id + "/data/workspace/").getFirst();
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);

    apply("RestoreDrill", "second", drill().replace("{", "{\"backup\": \"" + id + "\", "));
    Eventually.holds(
        Duration.ofMinutes(10),
        () -> {
          assertThat(condition("restoredrill", "second", "Proven")).isEqualTo("False");
          assertThat(message("restoredrill", "second", "Proven"))
              .contains(id)
              .contains("data/workspace/");
        });
  }

  private String drill() {
    return "{\"immediate\": true, \"schedule\": \"0 4 * * 0\", \"postgresImage\": \"%s\"}"
        .formatted(
            client
                .apps()
                .statefulSets()
                .inNamespace(release.namespace)
                .withName("bothy-trial-postgresql")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage());
  }

  private void makeARotation() {
    try (Visitor visitor = Visitor.of(release)) {
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
    }
  }

  private void apply(String kind, String name, String spec) {
    try {
      Path file = Files.createTempFile("bothy-" + kind, ".json");
      Files.writeString(
          file,
          """
          {"apiVersion": "bothy.dev/v1alpha1", "kind": "%s", "metadata": {"name": "%s"},
           "spec": %s}
          """
              .formatted(kind, name, spec));
      release.kubectl("apply", "-f", file.toString()).orFail();
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills the pod of a tool while its container runs, without giving it time.
  private void killOnceRunning(String component) {
    Pod pod =
        Eventually.gives(
            SOON,
            () ->
                release.pods(component).stream()
                    .filter(each -> "Running".equals(each.getStatus().getPhase()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no pod of " + component + " runs")));
    client.pods().resource(pod).withGracePeriod(0).delete();
  }

  private void await(String kind, String name, String field, String value) {
    Eventually.holds(
        Duration.ofMinutes(10),
        () -> {
          JsonNode status = status(kind, name);
          assertThat(status.path(field).asText()).as("%s", status).isEqualTo(value);
        });
  }

  private JsonNode status(String kind, String name) {
    try {
      return JSON.readTree(release.kubectl("get", kind, name, "-o", "json").orFail())
          .path("status");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String condition(String kind, String name, String type) {
    return conditionOf(kind, name, type).path("status").asText();
  }

  private String message(String kind, String name, String type) {
    return conditionOf(kind, name, type).path("message").asText();
  }

  private JsonNode conditionOf(String kind, String name, String type) {
    for (JsonNode each : status(kind, name).path("conditions")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    return JSON.missingNode();
  }

  /// As a DBA, past Bothy.
  private String psql(String sql) {
    return Commands.run(
            Duration.ofMinutes(1),
            List.of(
                "psql",
                "postgresql://postgres:%s@%s/bothy?sslmode=disable"
                    .formatted(
                        release.secret("postgres-password"),
                        release.reach("bothy-trial-postgresql", 5432)),
                "-At",
                "-c",
                sql))
        .orFail();
  }
}
