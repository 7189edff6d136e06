package dev.bothy.operator.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bothy.operator.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sets up the trial's OpenBao, and mends it: the Transit engine, what the server and the drill may
/// do in it, and the roles by which their ServiceAccounts log in. It writes only what differs.
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

  /// Policy, role and ServiceAccount of drills.
  static final String DRILL = "bothy-drill";

  /// As `docs/reference/vault/bothy-drill.hcl` has it.
  static final String DRILL_POLICY =
      """
      path "transit/decrypt/bothy-*" { capabilities = ["update"] }
      path "auth/token/lookup-self" { capabilities = ["read"] }
      path "auth/token/renew-self" { capabilities = ["update"] }
      path "sys/capabilities-self" { capabilities = ["update"] }
      """;

  private static final String MOUNT = "sys/mounts/transit";
  private static final String POLICIES = "sys/policies/acl/";
  private static final String ROLES = "auth/kubernetes/role/";
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
    ensure(SERVER, POLICY, serviceAccount, changes);
    ensure(DRILL, DRILL_POLICY, DRILL, changes);
    return changes;
  }

  /// @param name of the policy and of the role that has it
  private void ensure(String name, String policy, String account, List<String> changes) {
    Optional<String> found = vault.read(POLICIES + name).map(each -> text(each, "policy"));
    if (!found.equals(Optional.of(policy))) {
      vault.write(POLICIES + name, Map.of("policy", policy));
      changes.add("policy " + name + " written");
    }
    if (!vault.read(ROLES + name).filter(role -> isOurs(role, name, account)).isPresent()) {
      vault.write(
          ROLES + name,
          Map.of(
              "bound_service_account_names",
              account,
              "bound_service_account_namespaces",
              namespace,
              "token_policies",
              name,
              "token_ttl",
              TOKEN_SECONDS));
      changes.add("role " + name + " written");
    }
  }

  private boolean isOurs(JsonNode role, String name, String account) {
    return only(role, "bound_service_account_names", account)
        && only(role, "bound_service_account_namespaces", namespace)
        && only(role, "token_policies", name)
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
