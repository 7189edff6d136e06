package dev.bothy.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.AppRole;
import dev.bothy.testkit.TestVault.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server that gets its login to the database from an OpenBao.
@Tag("real")
class DatabaseLoginServerTest {
  @TempDir private static Path folder;
  private static TestVault vault;
  private static DatabaseEngine engine;

  @BeforeAll
  static void start() throws Exception {
    vault = TestVault.shared(Product.OPENBAO);
    engine = DatabaseEngine.start(vault, folder);
    engine.users(Duration.ofHours(1));
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
  }

  @Test
  void coldItWaitsForAVaultThatIsSealedAliveAndNotReadyAndGoesOnByItself() throws Exception {
    List<String> settings = settings(vault.role(DatabaseEngine.POLICY));
    vault.seal();
    try (ServerProcess server = ServerProcess.begin(ServerProcess.freePort(), settings)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(server.status("/livez")).isEqualTo(200));
      assertThat(server.status("/readyz")).isEqualTo(503);
      assertThat(server.log())
          .containsOnlyOnce("Waiting for a login to the database from Vault")
          .contains("sealed");
      vault.unseal();

      server.awaitReady();

      assertThat(engine.connected()).singleElement().asString().startsWith("v-approle-");
      assertThat(server.status("/livez")).isEqualTo(200);
    } finally {
      vault.unseal();
    }
  }

  @Test
  void whileItWaitsForWhatThePolicyLacksItSaysSoAndEndsWhenItIsTold() throws Exception {
    try (ServerProcess server =
        ServerProcess.begin(ServerProcess.freePort(), settings(vault.role()))) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(server.status("/livez")).isEqualTo(200));
      assertThat(server.log())
          .contains("GET database/creds/bothy-app")
          .contains("path \\\"database/creds/bothy-app\\\" { capabilities = [\\\"read\\\"] }");
      server.terminate();
      await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
    }
  }

  private static List<String> settings(AppRole role) {
    List<String> settings = new ArrayList<>(engine.migrateSettings());
    settings.addAll(
        List.of(
            "spring.flyway.enabled=false",
            "spring.datasource.url=" + engine.url(),
            "bothy.database.vault-path=database/creds/bothy-app",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*,http://localhost:*",
            "bothy.sign-on.issuer=http://localhost:1/realms/none",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "spring.cloud.vault.enabled=true",
            "spring.cloud.vault.uri=" + vault.address(),
            "spring.cloud.vault.authentication=APPROLE",
            "spring.cloud.vault.app-role.role-id=" + role.roleId(),
            "spring.cloud.vault.app-role.secret-id=" + role.secretId()));
    return settings;
  }
}
