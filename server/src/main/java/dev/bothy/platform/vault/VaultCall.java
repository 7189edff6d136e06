package dev.bothy.platform.vault;

import java.util.List;
import org.springframework.http.HttpMethod;

/// One call of Vault's API, with what a policy must say to allow it.
///
/// @param path after `/v1/`, e.g. `transit/encrypt/bothy-installation`
/// @param policyPath the path as a policy has it, e.g. `transit/encrypt/bothy-*`
/// @param capabilities what the policy must allow there, e.g. `update`
public record VaultCall(
    HttpMethod method, String path, String policyPath, List<String> capabilities) {
  public VaultCall {
    capabilities = List.copyOf(capabilities);
  }

  /// The line that a policy needs for it.
  String policyLine() {
    return "path \"%s\" { capabilities = [\"%s\"] }"
        .formatted(policyPath, String.join("\", \"", capabilities));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
