package dev.bothy.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestCertificate;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.AppRole;
import dev.bothy.testkit.TestVault.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.vault.config.VaultAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/// [Vault] as the settings make it, with spring-cloud-vault's sessions and through [Egress].
@Tag("real")
class VaultSignInTest {
  private static final Map<String, Object> WORD = Map.of("plaintext", "d29yZA==");
  private static final VaultCall ENCRYPT =
      new VaultCall(
          HttpMethod.POST,
          "transit/encrypt/bothy-test",
          "transit/encrypt/bothy-*",
          List.of("update"));
  private static final VaultCall SELF =
      new VaultCall(
          HttpMethod.GET, "auth/token/lookup-self", "auth/token/lookup-self", List.of("read"));

  /// Sessions here live for seconds, so they are renewed that much sooner.
  private static final List<String> SHORT_SESSIONS =
      List.of(
          "spring.cloud.vault.session.lifecycle.refresh-before-expiry=2s",
          "spring.cloud.vault.session.lifecycle.expiry-threshold=1s");

  private static final Duration LIFE = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path folder;

  /// As the server has them.
  @Import(VaultConfiguration.class)
  @ComponentScan(basePackageClasses = Egress.class)
  @ConfigurationPropertiesScan(basePackageClasses = Egress.class)
  @EnableConfigurationProperties(Installation.class)
  @ImportAutoConfiguration(VaultAutoConfiguration.class)
  static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aTokenThatIsGivenIsRenewedAsLongAsTheServerRuns(Product product) {
    TestVault server = ready(TestVault.shared(product));
    List<String> settings = settings(server, "spring.cloud.vault.authentication=TOKEN");
    settings.add("spring.cloud.vault.token=" + server.token(LIFE));
    try (ConfigurableApplicationContext context = context(settings)) {
      Vault vault = context.getBean(Vault.class);
      Map<String, Duration> sessions = new LinkedHashMap<>();
      await()
          .atMost(PATIENCE)
          .until(() -> use(vault, sessions).compareTo(LIFE.multipliedBy(2)) > 0);
      assertThat(sessions).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aSessionIsRenewedWhileItCanBeAndThenTheServerSignsInAnew(Product product) {
    TestVault server = ready(TestVault.shared(product));
    AppRole role = server.role("bothy-server", LIFE, LIFE.multipliedBy(2));
    try (ConfigurableApplicationContext context = context(settings(server, appRole(role)))) {
      Vault vault = context.getBean(Vault.class);
      Map<String, Duration> sessions = new LinkedHashMap<>();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            use(vault, sessions);
            return sessions.size() == 2;
          });
      assertThat(sessions.values().iterator().next())
          .as("how old the first session became")
          .isGreaterThan(LIFE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void aGivenTokenThatWasRevokedIsRefusedInWords(Product product) {
    TestVault server = ready(TestVault.shared(product));
    List<String> settings = settings(server, "spring.cloud.vault.authentication=TOKEN");
    String token = server.token(Duration.ofHours(1));
    settings.add("spring.cloud.vault.token=" + token);
    try (ConfigurableApplicationContext context = context(settings)) {
      Vault vault = context.getBean(Vault.class);
      vault.call(ENCRYPT, WORD);
      server.call("POST", "auth/token/revoke", "{\"token\":\"" + token + "\"}");
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(() -> vault.call(ENCRYPT, WORD))
            .isInstanceOf(VaultRefused.class)
            .hasMessageContaining("403")
            .hasMessageNotContaining(token);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.bothy.testkit.TestVault#products")
  void itsCertificateIsBelievedIfTheOrganisationsAuthoritySignedItAndElseThatIsSaid(
      Product product) {
    Path authority = folder.resolve(product + ".crt");
    int port = ServerProcess.freePort();
    try (TestVault server =
        TestVault.withTls(product, folder, port, TestCertificate.signed(folder, authority))) {
      ready(server);
      List<String> settings = settings(server, "spring.cloud.vault.authentication=TOKEN");
      settings.add("spring.cloud.vault.token=" + server.token(Duration.ofHours(1)));
      settings.add("spring.cloud.vault.uri=https://localhost:" + port);
      assertCertificateIsNotBelieved(settings);
      List<String> another = new ArrayList<>(settings);
      another.add(
          "bothy.installation.ca-bundle=" + TestCertificate.make(folder, "-1d", 91).certificate());
      assertCertificateIsNotBelieved(another);

      settings.add("bothy.installation.ca-bundle=" + authority);
      try (ConfigurableApplicationContext context = context(settings)) {
        assertThat(context.getBean(Vault.class).call(ENCRYPT, WORD)).isPresent();
      }
    }
  }

  @Test
  void anAddressThatNobodyAnswersAtIsSaid() {
    TestVault server = TestVault.shared(Product.OPENBAO);
    List<String> settings = settings(server, appRole(server.role()));
    settings.add("spring.cloud.vault.uri=http://localhost:" + ServerProcess.freePort());
    try (ConfigurableApplicationContext context = context(settings)) {
      assertThatThrownBy(() -> context.getBean(Vault.class).call(ENCRYPT, WORD))
          .isInstanceOf(VaultAway.class)
          .hasMessageContaining("nobody listens there");
    }
  }

  /// OpenBao alone: HashiCorp Vault has namespaces only with its enterprise parts.
  @Test
  void inANamespaceOfOpenBaoKeysPolicyAndSignInAreThatNamespaces() {
    TestVault server = TestVault.shared(Product.OPENBAO);
    TestVault team = ready(server.namespace("team-" + Long.toString(System.nanoTime(), 36)));
    List<String> settings = settings(team, appRole(team.role()));
    try (ConfigurableApplicationContext context = context(settings)) {
      context.getBean(Vault.class).call(ENCRYPT, WORD);
      String path = "transit/keys/bothy-in-" + team.name();
      context
          .getBean(Vault.class)
          .call(
              new VaultCall(HttpMethod.POST, path, "transit/keys/bothy-*", List.of("create")),
              Map.of());
      assertThat(team.call("GET", path, null).at("/data/latest_version").asInt()).isEqualTo(1);
      assertThatThrownBy(() -> server.call("GET", path, null)).hasMessageContaining("404");
    }
    List<String> outside = settings(server, appRole(team.role()));
    try (ConfigurableApplicationContext context = context(outside)) {
      assertThatThrownBy(() -> context.getBean(Vault.class).call(ENCRYPT, WORD))
          .isInstanceOf(VaultRefused.class)
          .hasMessageContaining("Signing in");
    }
  }

  private static void assertCertificateIsNotBelieved(List<String> settings) {
    try (ConfigurableApplicationContext context = context(settings)) {
      assertThatThrownBy(() -> context.getBean(Vault.class).call(ENCRYPT, WORD))
          .isInstanceOf(VaultAway.class)
          .hasMessageContaining("its certificate is not believed")
          .hasMessageContaining("bothy.installation.ca-bundle");
    }
  }

  /// Makes a call, and notes which session it was and how old that is now.
  ///
  /// @return how old it is
  private static Duration use(Vault vault, Map<String, Duration> sessions) {
    assertThat(vault.call(ENCRYPT, WORD)).isPresent();
    Map<String, Object> self = vault.call(SELF, null).orElseThrow();
    long made = ((Number) self.getOrDefault("creation_time", 0)).longValue();
    Duration age = Duration.ofSeconds(System.currentTimeMillis() / 1000 - made);
    sessions.put(String.valueOf(self.get("accessor")), age);
    return age;
  }

  private static TestVault ready(TestVault server) {
    server.call("POST", "transit/keys/bothy-test", "{}");
    return server;
  }

  private static List<String> settings(TestVault server, String... signIn) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "bothy.installation.mode=trial",
                "bothy.egress.region=test",
                "bothy.egress.on-premises-hosts=http://127.0.0.1:*,http://localhost:*,"
                    + "https://localhost:*",
                "spring.cloud.vault.enabled=true",
                "spring.cloud.vault.uri=" + server.address()));
    if (!server.name().isEmpty()) {
      settings.add("spring.cloud.vault.namespace=" + server.name());
    }
    settings.addAll(SHORT_SESSIONS);
    settings.addAll(List.of(signIn));
    return settings;
  }

  private static String[] appRole(AppRole role) {
    return new String[] {
      "spring.cloud.vault.authentication=APPROLE",
      "spring.cloud.vault.app-role.role-id=" + role.roleId(),
      "spring.cloud.vault.app-role.secret-id=" + role.secretId()
    };
  }

  private static ConfigurableApplicationContext context(List<String> settings) {
    return ToolContext.start(Beans.class, Map.of(), settings.stream().map("--"::concat).toList());
  }
}
