package dev.bothy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.operator.testkit.OpenBao;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `own-services/vault.sh` as the keeper of an OpenBao runs it.
@Tag("real")
class VaultScriptTest {
  private static final Path SCRIPT = Chart.FOLDER.resolve("own-services/vault.sh");

  private OpenBao openBao;

  @BeforeEach
  void start() throws IOException {
    openBao = OpenBao.start("own-services/vault.sh against an OpenBao");
  }

  @AfterEach
  void end() {
    if (openBao != null) {
      openBao.close();
    }
  }

  @Test
  void withoutTheKubernetesSignInItSaysSoAndChangesNothing() throws Exception {
    assertThat(run(1, Map.of()))
        .contains("The Kubernetes sign-in is not set up at auth/kubernetes");
    assertThat(openBao.read("sys/mounts").has("transit/")).isFalse();
  }

  @Test
  void itMakesTheEngineThePolicyAndTheRoleAndASecondRunChangesNothing() throws Exception {
    enableSignIn();
    assertThat(run(0, Map.of()))
        .endsWith("Vault knows the ServiceAccount bothy-server of the namespace bothy.\n");
    JsonNode mount = openBao.read("sys/mounts").path("transit/");
    String policy = policy("bothy-server");
    JsonNode role = openBao.read("auth/kubernetes/role/bothy-server");
    assertThat(mount.path("type").asText()).isEqualTo("transit");
    assertThat(role.path("bound_service_account_names").toString()).isEqualTo("[\"bothy-server\"]");
    assertThat(role.path("bound_service_account_namespaces").toString()).isEqualTo("[\"bothy\"]");
    assertThat(role.path("token_policies").toString()).isEqualTo("[\"bothy-server\"]");
    assertThat(role.path("token_ttl").asInt()).isEqualTo(600);

    openBao.write("transit/keys/bothy-installation", Map.of("type", "aes256-gcm96"));
    run(0, Map.of());
    assertThat(openBao.read("sys/mounts").path("transit/")).isEqualTo(mount);
    assertThat(policy("bothy-server")).isEqualTo(policy);
    assertThat(openBao.read("auth/kubernetes/role/bothy-server")).isEqualTo(role);
    assertThat(openBao.read("transit/keys/bothy-installation").path("latest_version").asInt())
        .isEqualTo(1);
  }

  @Test
  void whoSignsInMayUseKeysOfBothyAndNoOthers() throws Exception {
    enableSignIn();
    run(0, Map.of());
    String token =
        openBao
            .write("auth/token/create", Map.of("policies", List.of("bothy-server")))
            .at("/auth/client_token")
            .asText();
    Map<String, String> text = Map.of("plaintext", "AAAA");
    assertThat(status(token, "POST", "transit/keys/bothy-a", Map.of("exportable", false)))
        .isEqualTo(200);
    assertThat(status(token, "POST", "transit/encrypt/bothy-a", text)).isEqualTo(200);
    assertThat(status(token, "POST", "transit/keys/bothy-a/rotate", Map.of("a", "b")))
        .isEqualTo(200);
    assertThat(
            status(token, "POST", "transit/keys/bothy-a/config", Map.of("deletion_allowed", true)))
        .isEqualTo(200);
    assertThat(status(token, "DELETE", "transit/keys/bothy-a", Map.of())).isEqualTo(204);
    assertThat(status(token, "POST", "transit/keys/other", text)).isEqualTo(403);
    assertThat(status(token, "GET", "transit/export/encryption-key/bothy-a", Map.of()))
        .isEqualTo(403);
    assertThat(status(token, "GET", "sys/policies/acl/bothy-server", Map.of())).isEqualTo(403);
  }

  @Test
  void aDrillMayDecryptAndNothingElse() throws Exception {
    enableSignIn();
    run(0, Map.of());
    JsonNode role = openBao.read("auth/kubernetes/role/bothy-drill");
    assertThat(role.path("bound_service_account_names").toString()).isEqualTo("[\"bothy-drill\"]");
    assertThat(role.path("token_policies").toString()).isEqualTo("[\"bothy-drill\"]");
    openBao.write("transit/keys/bothy-a", Map.of("type", "aes256-gcm96"));
    String sealed =
        openBao
            .write("transit/encrypt/bothy-a", Map.of("plaintext", "AAAA"))
            .at("/data/ciphertext")
            .asText();
    String token =
        openBao
            .write("auth/token/create", Map.of("policies", List.of("bothy-drill")))
            .at("/auth/client_token")
            .asText();
    assertThat(status(token, "POST", "transit/decrypt/bothy-a", Map.of("ciphertext", sealed)))
        .isEqualTo(200);
    assertThat(status(token, "POST", "transit/encrypt/bothy-a", Map.of("plaintext", "AAAA")))
        .isEqualTo(403);
    assertThat(status(token, "POST", "transit/keys/bothy-b", Map.of("exportable", false)))
        .isEqualTo(403);
    assertThat(status(token, "DELETE", "transit/keys/bothy-a", Map.of())).isEqualTo(403);
  }

  @Test
  void whatIsNamedOtherwiseIsMadeThere() throws Exception {
    openBao.write("sys/auth/clusters/one", Map.of("type", "kubernetes"));
    know("clusters/one");
    assertThat(
            run(
                0,
                Map.of(
                    "NAMESPACE", "chat",
                    "TRANSIT_PATH", "team/transit",
                    "AUTH_PATH", "clusters/one",
                    "AUDIENCE", "vault",
                    "DATABASE_PATH", "database/creds/bothy-app")))
        .contains("of the namespace chat");
    assertThat(openBao.read("sys/mounts").at("/team~1transit~1/type").asText())
        .isEqualTo("transit");
    assertThat(policy("bothy-server")).contains("path \"team/transit/encrypt/bothy-*\"");
    assertThat(policy("bothy-database"))
        .contains("path \"database/creds/bothy-app\" { capabilities = [\"read\"] }");
    JsonNode role = openBao.read("auth/clusters/one/role/bothy-server");
    assertThat(role.path("audience").asText()).isEqualTo("vault");
    assertThat(role.path("bound_service_account_namespaces").toString()).isEqualTo("[\"chat\"]");
    assertThat(role.path("token_policies"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("bothy-server", "bothy-database");
    assertThat(role.path("token_ttl").asInt()).isEqualTo(4 * 60 * 60);
  }

  private String policy(String name) {
    return openBao.read("sys/policies/acl/" + name).path("policy").asText();
  }

  private void enableSignIn() {
    openBao.write("sys/auth/kubernetes", Map.of("type", "kubernetes"));
    know("kubernetes");
  }

  /// The sign-in knows a cluster, if one that nobody can ask.
  private void know(String path) {
    openBao.write(
        "auth/" + path + "/config",
        Map.of("kubernetes_host", "https://127.0.0.1:1", "kubernetes_ca_cert", "nobody's"));
  }

  private int status(String token, String method, String path, Map<String, ?> content) {
    return openBao.call(token, method, path, content).statusCode();
  }

  /// @return what it said, errors included
  private String run(int code, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    builder.environment().put("PATH", OpenBao.path() + ":" + System.getenv("PATH"));
    builder.environment().put("VAULT_ADDR", openBao.address());
    builder.environment().put("VAULT_TOKEN", OpenBao.ROOT);
    builder.environment().remove("BAO_ADDR");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(code);
    return said;
  }
}
