package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestVault;
import dev.bothy.testkit.TestVault.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A whole server whose keys are in an OpenBao, signed in by AppRole with the policy that is handed
/// out.
@Tag("real")
class VaultServerTest {
  private final TestDatabase database = TestDatabase.create();
  private final TestVault vault = TestVault.shared(Product.OPENBAO);

  @Test
  void coldItWaitsForAVaultThatIsSealedAndWarmItStaysReadyWhenThatIsSealedAgain() throws Exception {
    List<String> settings = settings();
    vault.seal();
    try (ServerProcess server = ServerProcess.begin(ServerProcess.freePort(), settings)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(server.status("/livez")).isEqualTo(200));
      assertThat(server.status("/readyz")).isEqualTo(503);
      assertThat(server.log())
          .contains("The key provider cannot be used yet")
          .contains("sealed")
          .contains("Work begins when the key provider has answered");
      vault.unseal();

      server.awaitReady();

      assertThat(providerOfTheInstallationsKey()).isEqualTo("vault");
      vault.seal();
      assertThat(server.status("/readyz")).isEqualTo(200);
    } finally {
      vault.unseal();
    }
  }

  private String providerOfTheInstallationsKey() throws Exception {
    try (Connection app = database.connect("bothy_app");
        Statement statement = app.createStatement();
        ResultSet keys = statement.executeQuery("select provider from installation_key")) {
      assertThat(keys.next()).isTrue();
      return keys.getString(1);
    }
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*,http://localhost:*",
            "bothy.sign-on.issuer=http://localhost:1/realms/none"));
    settings.addAll(vault.serverSettings());
    return settings;
  }
}
