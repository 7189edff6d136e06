package dev.bothy.preflight;

import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.vault.VaultAway;
import dev.bothy.platform.vault.VaultCall;
import dev.bothy.platform.vault.VaultRefused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;

/// `key`, where Vault has it: the server's sign-in works, and Transit wraps and unwraps under the
/// installation's key. Before the first server has made that key, what its policy allows is asked
/// instead, since a preflight makes nothing.
record TransitKey(Vault vault, URI address, String mount) implements Check {
  private static final String NAME = "key";
  private static final String KEY = "bothy-installation";
  private static final String ALL = "bothy-*";
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final String SET_UP =
      "Let whoever keeps Vault set up Transit, the Kubernetes sign-in's role and the policy, as"
          + " own-services/vault.sh does; docs/reference/keys.md has each";

  /// What the server asks of Transit from its first minute on.
  private List<VaultCall> needed() {
    return List.of(
        call(HttpMethod.POST, "keys/", "create", "update"),
        call(HttpMethod.POST, "encrypt/", "update"),
        call(HttpMethod.POST, "decrypt/", "update"));
  }

  /// What it asks when keys are rotated or destroyed.
  private List<VaultCall> neededLater() {
    return List.of(
        below(HttpMethod.POST, "/rotate", "update"),
        below(HttpMethod.POST, "/config", "update"),
        call(HttpMethod.DELETE, "keys/", "delete"));
  }

  @Override
  public List<Finding> look() {
    try {
      return vault.call(call(HttpMethod.GET, "keys/", "read"), null).isPresent()
          ? used()
          : notMadeYet();
    } catch (VaultRefused e) {
      return List.of(Finding.fail(NAME, sentence(e), SET_UP));
    } catch (VaultAway e) {
      EgressRefused refused = Words.cause(e, EgressRefused.class);
      return List.of(
          refused == null
              ? Finding.fail(
                  NAME, sentence(e), "Look whether Vault at " + address + " runs and is unsealed")
              : Finding.fail(
                  NAME,
                  "the server's own guard stands in between: " + refused.getMessage(),
                  "Do as it says, in the settings of outbound calls (in the chart egress)"));
    }
  }

  private List<Finding> used() {
    String word =
        Base64.getEncoder().encodeToString("preflight".getBytes(StandardCharsets.US_ASCII));
    String sealed =
        vault
            .call(call(HttpMethod.POST, "encrypt/", "update"), Map.of("plaintext", word))
            .map(answer -> String.valueOf(answer.get("ciphertext")))
            .orElse("");
    boolean opened =
        vault
            .call(call(HttpMethod.POST, "decrypt/", "update"), Map.of("ciphertext", sealed))
            .filter(answer -> word.equals(answer.get("plaintext")))
            .isPresent();
    return opened
        ? withLater(
            Finding.pass(NAME, "Vault lets this server in, and " + path() + " wraps and unwraps"))
        : List.of(Finding.fail(NAME, path() + " does not unwrap what it wrapped", SET_UP));
  }

  private List<Finding> notMadeYet() {
    try {
      // It cannot succeed; that it is refused for what it holds shows that Transit is there.
      vault.call(call(HttpMethod.POST, "decrypt/", "update"), Map.of("ciphertext", "vault:v1:"));
    } catch (VaultRefused e) {
      if (e.status() != BAD_REQUEST) {
        throw e;
      }
    }
    List<String> lacking;
    try {
      lacking = lacking(needed());
    } catch (VaultRefused e) {
      if (e.status() != FORBIDDEN) {
        throw e;
      }
      return List.of(
          Finding.warn(
              NAME,
              "Vault lets this server in, but does not tell it what it may do there: "
                  + sentence(e),
              "Let the policy allow that question, as docs/reference/vault/bothy-server.hcl does;"
                  + " else the server's log says what it may not"));
    }
    if (!lacking.isEmpty()) {
      return List.of(
          Finding.fail(
              NAME,
              "Vault lets this server in, but its policy lacks: " + String.join(" and ", lacking),
              SET_UP));
    }
    return withLater(
        Finding.pass(
            NAME, "Vault lets this server in, which may make " + path() + " at its first start"));
  }

  /// Whoever leaves these rights out finds out years later, unless told now.
  private List<Finding> withLater(Finding finding) {
    List<String> lacking;
    try {
      lacking = lacking(neededLater());
    } catch (VaultRefused e) {
      lacking = List.of();
    }
    return lacking.isEmpty()
        ? List.of(finding)
        : List.of(
            finding,
            Finding.warn(
                NAME,
                "keys cannot be rotated or destroyed: the policy lacks "
                    + String.join(" and ", lacking),
                SET_UP));
  }

  /// The policy's lines for those of these calls that it does not allow.
  private List<String> lacking(List<VaultCall> calls) {
    Map<String, Object> allowed =
        vault
            .call(
                new VaultCall(
                    HttpMethod.POST,
                    "sys/capabilities-self",
                    "sys/capabilities-self",
                    List.of("update")),
                Map.of("paths", calls.stream().map(VaultCall::path).toList()))
            .orElse(Map.of());
    return calls.stream()
        .filter(call -> {
          List<String> granted =
              allowed.get(call.path()) instanceof List<?> list
                  ? list.stream().map(String::valueOf).toList()
                  : List.of();
          return !granted.contains("root") && !granted.containsAll(call.capabilities());
        })
        .map(call ->
            "path \"%s\" { capabilities = [\"%s\"] }"
                .formatted(call.policyPath(), String.join("\", \"", call.capabilities())))
        .distinct()
        .toList();
  }

  private String path() {
    return mount + "/keys/" + KEY;
  }

  private VaultCall below(HttpMethod method, String below, String... capabilities) {
    return new VaultCall(method, path() + below, mount + "/keys/" + ALL, List.of(capabilities));
  }

  private VaultCall call(HttpMethod method, String operation, String... capabilities) {
    String path = mount + "/" + operation;
    return new VaultCall(method, path + KEY, path + ALL, List.of(capabilities));
  }

  /// As findings are written, without its full stop.
  private static String sentence(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("\\.$", "");
  }
}
