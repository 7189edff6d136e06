package dev.bothy.operator.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/// A Vault, or an OpenBao, as far as the operator speaks with it. Paths are those of the HTTP
/// interface without `/v1/`, e.g. `sys/policies/acl/bothy-server`.
public interface Vault {
  /// Proves who this is by a ServiceAccount's token; what follows is done as the role.
  ///
  /// @throws VaultFailure if it is not reached, or refuses
  void login(String role, String serviceAccountToken);

  /// What lies at the path; empty if nothing does.
  ///
  /// @throws VaultFailure if it is not reached, or refuses
  Optional<JsonNode> read(String path);

  /// @throws VaultFailure if it is not reached, or refuses
  void write(String path, Map<String, Object> content);

  /// It was not reached, or it refused. The message is for a person and holds no secret.
  final class VaultFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public VaultFailure(String message) {
      super(message);
    }
  }
}
