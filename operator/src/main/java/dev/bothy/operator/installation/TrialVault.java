package dev.bothy.operator.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.operator.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sets up the trial's OpenBao, and mends it: the Transit engine, what the server may do in it, and
/// the role by which the server's ServiceAccount logs in. It writes only what differs.
final class TrialVault {
  static final String SERVER = "bothy-server";

  /// As `docs/reference/vault/bothy-server.hcl` has it for a Vault of the customer's own.
  static final String POLICY =
      """
      path "transit/keys/bothy-*" { capabilities = ["create", "read", "update", "delete"] }
      path "transit/encrypt/bothy-*" { capabilities = ["update"] }
      path "transit/decrypt/bothy-*" { capabilities = ["update"] }
      path "auth/token/lookup-self" { capabilities = ["read"] }
      path "auth/token/renew-self" { capabilities = ["update"] }
      path "sys/capabilities-self" { capabilities = ["update"] }
      """;

  private static final String MOUNT = "sys/mounts/transit";
  private static final String POLICY_PATH = "sys/policies/acl/" + SERVER;
  private static final String ROLE_PATH = "auth/kubernetes/role/" + SERVER;
  private static final int TOKEN_SECONDS = 600;

  private final Vault vault;
  private final String namespace;
  private final String serviceAccount;

  TrialVault(Vault vault, String namespace, String serviceAccount) {
    this.vault = vault;
    this.namespace = namespace;
    this.serviceAccount = serviceAccount;
  }

  /// @return what was made or mended, in words; empty if all was as it should be
  List<String> ensure() {
    List<String> changes = new ArrayList<>();
    if (!"transit".equals(vault.read(MOUNT).map(mount -> text(mount, "type")).orElse(null))) {
      vault.write(MOUNT, Map.of("type", "transit"));
      changes.add("transit engine mounted");
    }
    Optional<String> policy = vault.read(POLICY_PATH).map(found -> text(found, "policy"));
    if (!policy.equals(Optional.of(POLICY))) {
      vault.write(POLICY_PATH, Map.of("policy", POLICY));
      changes.add("policy " + SERVER + " written");
    }
    if (!vault.read(ROLE_PATH).filter(this::isOurRole).isPresent()) {
      vault.write(
          ROLE_PATH,
          Map.of(
              "bound_service_account_names",
              serviceAccount,
              "bound_service_account_namespaces",
              namespace,
              "token_policies",
              SERVER,
              "token_ttl",
              TOKEN_SECONDS));
      changes.add("role " + SERVER + " written");
    }
    return changes;
  }

  private boolean isOurRole(JsonNode role) {
    return only(role, "bound_service_account_names", serviceAccount)
        && only(role, "bound_service_account_namespaces", namespace)
        && only(role, "token_policies", SERVER)
        && role.path("token_ttl").asInt() == TOKEN_SECONDS;
  }

  private static boolean only(JsonNode role, String name, String value) {
    JsonNode list = role.path(name);
    return list.size() == 1 && list.get(0).asText().equals(value);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText();
  }
}
