package dev.bothy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.testkit.Eventually;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// A production installation on a customer's own PostgreSQL, Keycloak and at last Vault, with the
/// mistakes that are made on the way, in the order in which they are mended.
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnServicesInstallTest {
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final String WORKSPACE = "https://" + Release.PUBLIC_HOST + "/w/main/";
  private static final String SANDBOX = WORKSPACE + "sandbox";

  /// Said before the keys go over, and read afterwards.
  private static final String SECRET = "The spare key lies under the mat";

  private static final String VALUES =
      """
      image: {registry: %s}
      publicAddress: https://%s
      firstOwner: %s
      region: eu-central
      signOn:
        issuer: https://%s:8443/realms/company
        internalIssuer: https://%s:8443/realms/company
        clientSecret: {name: sign-on}
      database:
        host: %s
        appPassword: {name: database}
        migratePassword: {name: database}
      keys:
        localKey: {name: keys}
      egress:
        onPremisesHosts: ["https://%s:8443"]
      caBundle: {name: authorities}
      trustedProxies: [%s]
      """;

  private KubernetesClient client;
  private OwnServices services;
  private Release release;

  @BeforeAll
  void begin() throws Exception {
    Node.require();
    client = Node.client();
    services = new OwnServices(client);
    release =
        new Release(
            client,
            "own-" + Node.unique(),
            VALUES.formatted(
                Release.REGISTRY,
                Release.PUBLIC_HOST,
                Release.OWNER,
                Release.LOGIN_HOST,
                services.host("keycloak"),
                // Where nothing is.
                services.host("mysql"),
                services.host("keycloak"),
                // What comes from outside the pods' network to a Service has an address of the
                // node's;
                // what a port is forwarded for, the pod's own loopback.
                "10.0.0.0/8, 127.0.0.1/32"));
  }

  @AfterAll
  void end() {
    if (release != null) {
      client.namespaces().withName(release.namespace).delete();
    }
    if (services != null) {
      services.close();
    }
    if (client != null) {
      client.close();
    }
  }

  @Test
  @Order(1)
  void whatTheValuesNameAndIsMissingIsNamed() {
    release.install(3);
    Eventually.holds(
        SOON,
        () -> {
          assertThat(release.status().phase()).isEqualTo(Phase.Blocked);
          assertThat(release.condition("Ready").getMessage())
              .contains("Secret database is missing")
              .contains("Secret sign-on is missing")
              .contains("Secret keys is missing")
              .contains("ConfigMap authorities is missing");
        });
  }

  @Test
  @Order(2)
  void aDatabaseThatIsNotThereIsExplainedByGetAndDescribe() throws Exception {
    secret("sign-on", Map.of("client-secret", OwnServices.CLIENT_SECRET));
    secret("keys", Map.of("local-key", Base64.getEncoder().encodeToString(new byte[32])));
    secret("database", Map.of("app-password", "wrong", "migrate-password", "wrong"));
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("authorities")
                .withNamespace(release.namespace)
                .endMetadata()
                .withData(Map.of("ca.crt", services.authority()))
                .build())
        .create();
    awaitBlocked("Preflight", services.host("mysql"));
    assertThat(kubectl("get", "bothy")).contains("Blocked").contains("leads nowhere. Fix:");
    assertThat(kubectl("describe", "bothy", "bothy"))
        .contains("Fix:")
        .contains("Warning")
        .contains(services.host("mysql"));
    assertThat(release.pods("server")).as("nothing crashes, since nothing was started").isEmpty();
  }

  @Test
  @Order(3)
  void aWrongPasswordIsExplained() {
    release.settle("database: {host: %s}".formatted(services.host("postgresql")));
    awaitBlocked("password");
  }

  @Test
  @Order(4)
  void withTheRightOnesItBecomesReady() {
    Instant begin = Instant.now();
    secret(
        "database",
        Map.of(
            "app-password", OwnServices.APP_PASSWORD,
            "migrate-password", OwnServices.MIGRATE_PASSWORD));
    release.awaitReady();
    Measured.say(
        "own services: the right password to Ready", Duration.between(begin, Instant.now()));
    assertThat(
            services.psql(
                "select count(*) > 0 and bool_and(ssl) from pg_stat_ssl join pg_stat_activity"
                    + " using (pid) where usename = 'bothy_app'"))
        .isEqualTo("t");
  }

  @Test
  @Order(5)
  void aPersonOfTheCompanysRealmSignsInThroughWhatEndsTls() throws Exception {
    visit(visitor -> {
      visitor.picture("cluster-own-services");
      Page page = visitor.page;
      assertThat(page.reload().headerValue("strict-transport-security")).startsWith("max-age=");
      List<Cookie> cookies = page.context().cookies("https://" + Release.PUBLIC_HOST);
      assertThat(cookies)
          .isNotEmpty()
          .allSatisfy(cookie -> {
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.httpOnly).isTrue();
          });
      page.navigate(SANDBOX);
      page.locator("#composer textarea").fill(SECRET);
      page.locator("#composer textarea").press("Enter");
      page.locator("#messages").getByText(SECRET).waitFor();
      assertThat(keysPage(page)).contains("by local-file, version");
    });
    assertThat(livingKeys())
        .as("one of the installation's, one of the workspace's")
        .isEqualTo("local-file|2");
  }

  @Test
  @Order(6)
  void whatVaultRefusesIsNamedAndWhatServedGoesOn() throws Exception {
    List<String> before = servers();
    release.settle(
        """
        keys: {otherProvider: Vault, transitPath: elsewhere}
        vault: {address: "%s"}
        egress: {onPremisesHosts: ["https://%s:8443", "%s"]}
        """
            .formatted(
                services.vault.address(), services.host("keycloak"), services.vault.address()));
    awaitBlocked("Vault answered Signing in with 400 invalid role name \"bothy-server\"");

    services.vault.setUpFor(release.namespace);
    awaitBlocked(
        "elsewhere/keys/bothy-installation with 403",
        "path \"elsewhere/keys/bothy-*\" { capabilities = [\"read\"] }");

    assertThat(release.condition("Available").getStatus()).isEqualTo("True");
    assertThat(servers()).isEqualTo(before);
    visit(OwnServicesInstallTest::readsTheSecret);
  }

  /// The three steps of `docs/reference/keys.md`.
  @Test
  @Order(7)
  void keysGoOverFromTheSecretToVaultInThreeSteps() throws Exception {
    Instant begin = Instant.now();
    release.settle("keys: {transitPath: transit}");
    release.awaitReady();
    assertThat(livingKeys()).as("both open, the first wraps").isEqualTo("local-file|2");

    release.settle("keys: {provider: Vault, otherProvider: LocalFile}");
    release.awaitReady();
    Eventually.holds(SOON, () -> assertThat(livingKeys()).isEqualTo("vault|2"));

    release.settle("keys: {otherProvider: \"\", localKey: {name: \"\"}}");
    release.awaitReady();
    Measured.say("keys from a Secret to Vault", Duration.between(begin, Instant.now()));
    client.secrets().inNamespace(release.namespace).withName("keys").delete();
    visit(visitor -> {
      readsTheSecret(visitor);
      assertThat(keysPage(visitor.page)).contains("by vault, version 1").contains("-platform");
      visitor.picture("cluster-keys-in-vault");
    });
  }

  @Test
  @Order(8)
  void theLoginToTheDatabaseComesFromThatVaultToo() throws Exception {
    String path = services.vault.giveDatabaseLogins();
    services.vault.setUpFor(release.namespace, "DATABASE_PATH=" + path);
    release.settle("database: {vaultPath: %s, appPassword: {name: \"\"}}".formatted(path));
    release.awaitReady();
    // A server that is going holds its connections for a while.
    Eventually.holds(
        SOON,
        () ->
            assertThat(
                    services.psql(
                        "select count(distinct usename) filter (where usename like 'v-%'),"
                            + " count(*) filter (where usename = 'bothy_app'), bool_and(ssl)"
                            + " from pg_stat_ssl join pg_stat_activity using (pid)"
                            + " where datname = 'bothy' and usename <> 'postgres'"))
                .as("each server has a user of its own")
                .isEqualTo("2|0|t"));
    visit(OwnServicesInstallTest::readsTheSecret);
  }

  /// As the first owner, signed in anew.
  private void visit(Consumer<Visitor> look) throws Exception {
    try (Front front =
            new Front(
                services.folder.resolve("tls.p12"),
                Release.PUBLIC_HOST,
                release.reach("bothy", 80));
        Visitor visitor =
            new Visitor(
                "https://" + Release.PUBLIC_HOST,
                Map.of(
                    Release.PUBLIC_HOST,
                    front.address(),
                    Release.LOGIN_HOST,
                    services.reach("keycloak", 8443)))) {
      visitor.signIn(Release.OWNER, OwnServices.OWNER_PASSWORD);
      visitor.page.locator(".person").waitFor();
      look.accept(visitor);
    }
  }

  private static void readsTheSecret(Visitor visitor) {
    visitor.page.navigate(SANDBOX);
    visitor.page.locator("#messages").getByText(SECRET).waitFor();
  }

  private static String keysPage(Page page) {
    page.navigate(WORKSPACE + "keys");
    return page.innerText("main");
  }

  /// How many keys each provider has wrapped, asked as `docs/reference/keys.md` says.
  private String livingKeys() {
    String page;
    try {
      page = Files.readString(Path.of("../docs/reference/keys.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String begin = "```sql\n";
    int query = page.indexOf(begin) + begin.length();
    return services.psqlInBothy(
        "set role bothy_backup; set search_path = bothy; "
            + page.substring(query, page.indexOf("```", query)));
  }

  private List<String> servers() {
    return release.pods("server").stream()
        .map(pod -> pod.getMetadata().getName())
        .sorted()
        .toList();
  }

  private void awaitBlocked(String... words) {
    Eventually.holds(
        SOON,
        () -> {
          assertThat(release.status().observedGeneration())
              .isEqualTo(release.bothy().getMetadata().getGeneration());
          assertThat(release.status().phase()).isEqualTo(Phase.Blocked);
          assertThat(release.condition("Ready").getReason()).isEqualTo("PreflightFailed");
          assertThat(release.condition("Ready").getMessage()).contains(words);
        });
  }

  private String kubectl(String... arguments) {
    return release.kubectl(arguments).orFail();
  }

  private void secret(String name, Map<String, String> content) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(release.namespace)
                .endMetadata()
                .withStringData(content)
                .build())
        .createOr(existing -> existing.update());
  }
}
