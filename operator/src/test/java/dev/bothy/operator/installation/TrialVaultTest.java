package dev.bothy.operator.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.bothy.operator.vault.DrivenVault;
import dev.bothy.operator.vault.Vault;
import dev.bothy.operator.vault.Vault.VaultFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is written into a trial's Vault, and when. That a real OpenBao takes it is shown on a
/// cluster, by `dev.bothy.cluster.InstallTest`.
class TrialVaultTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILE = Path.of("../docs/reference/vault/bothy-server.hcl");
  private static final Path DRILL_FILE = Path.of("../docs/reference/vault/bothy-drill.hcl");
  private static final Path SCRIPT = Path.of("../charts/bothy/own-services/vault.sh");

  /// Keeps what is written, and gives a role's lists as Vault does.
  private static final class Kept implements Vault {
    private final Map<String, JsonNode> content = new HashMap<>();
    private int writes;

    @Override
    public void login(String role, String serviceAccountToken) {}

    @Override
    public Optional<JsonNode> read(String path) {
      return Optional.ofNullable(content.get(path));
    }

    @Override
    public void write(String path, Map<String, Object> written) {
      writes++;
      Map<String, Object> given = new HashMap<>(written);
      given.replaceAll((name, value) ->
          name.startsWith("bound_") || name.equals("token_policies") ? List.of(value) : value);
      content.put(path, JSON.valueToTree(given));
    }
  }

  private final Kept kept = new Kept();
  private final TrialVault vault = new TrialVault(kept, "bothy", "bothy-server");

  @Test
  void whatIsMissingIsMadeAndASecondLookWritesNothing() {
    assertThat(vault.ensure())
        .containsExactly(
            "transit engine mounted",
            "policy bothy-server written",
            "role bothy-server written",
            "policy bothy-drill written",
            "role bothy-drill written");
    int writes = kept.writes;
    assertThat(vault.ensure()).isEmpty();
    assertThat(kept.writes).isEqualTo(writes);
  }

  @Test
  void aPolicyThatSomebodyWidenedIsMended() {
    vault.ensure();
    kept.write("sys/policies/acl/bothy-server", Map.of("policy", "path \"*\" {}"));
    assertThat(vault.ensure()).containsExactly("policy bothy-server written");
  }

  @Test
  void aRoleForAnotherNamespaceIsMended() {
    vault.ensure();
    new TrialVault(kept, "elsewhere", "bothy-server").ensure();
    assertThat(vault.ensure())
        .containsExactly("role bothy-server written", "role bothy-drill written");
  }

  @Test
  void thePolicyIsTheOneThatIsHandedOutForAVaultOfTheCustomers() throws IOException {
    assertThat(paths(TrialVault.POLICY))
        .isEqualTo(paths(Files.readString(SCRIPT).replace("$transit", "transit")))
        .isEqualTo(paths(Files.readString(FILE)));
  }

  @Test
  void aDrillMayDecryptAndNothingElse() throws IOException {
    assertThat(paths(TrialVault.DRILL_POLICY))
        .isEqualTo(paths(Files.readString(DRILL_FILE)))
        .containsExactly("path \"transit/decrypt/bothy-*\" { capabilities = [\"update\"] }");
  }

  @Test
  void aRefusalIsAnErrorThoughTheDriverTakesItForAnEmptyAnswer() throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"errors\":[\"permission denied\"]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    refusing.start();
    String address = "http://127.0.0.1:" + refusing.getAddress().getPort();
    try (DrivenVault driven = new DrivenVault(address)) {
      assertThatThrownBy(() -> driven.read("sys/mounts/transit"))
          .isInstanceOf(VaultFailure.class)
          .hasMessageContaining("403")
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> driven.write("sys/mounts/transit", Map.of("type", "transit")))
          .isInstanceOf(VaultFailure.class);
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void nobodyListeningIsSaidWithTheAddress() {
    try (DrivenVault driven = new DrivenVault("http://127.0.0.1:1")) {
      assertThatThrownBy(() -> driven.read("sys/mounts/transit"))
          .isInstanceOf(VaultFailure.class)
          .hasMessageContaining("http://127.0.0.1:1");
    }
  }

  /// The paths of Transit with what may be done there.
  private static TreeSet<String> paths(String text) {
    TreeSet<String> paths = new TreeSet<>();
    text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("path \"transit/"))
        .forEach(paths::add);
    return paths;
  }
}
