package dev.bothy.platform.keymanagement;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a receipt states: what was destroyed, and plainly where a copy may still be.
final class Receipts {
  private static final String IN_VAULT =
      "The Transit key is gone from Vault, so that no copy of the data keys, in a backup of the"
          + " database either, can be unwrapped by it. A snapshot of Vault itself that was taken"
          + " before could bring the key back: what was sealed is out of reach for good once the"
          + " oldest such snapshot is deleted.";
  private static final String IN_THE_DATABASE =
      "The wrapped data keys are gone from the database. The key file that wrapped them is every"
          + " workspace's and stays: with it and a backup of the database from before, what was"
          + " sealed can be read until that backup is deleted.";

  private Receipts() {}

  /// @param wrappingKey what the provider called its key; empty if it has one for all, which stays
  static Map<String, Object> statement(
      WorkspaceId workspace,
      KeyDestruction destruction,
      List<Integer> versions,
      String provider,
      Optional<String> wrappingKey,
      Instant now) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("kind", "bothy.key-destruction");
    statement.put("id", destruction.id().toString());
    statement.put("workspace", workspace.toString());
    statement.put("owner", destruction.owner());
    statement.put("dataKeyVersions", versions);
    statement.put("provider", provider);
    wrappingKey.ifPresent(name -> statement.put("wrappingKey", name));
    statement.put("requestedAt", destruction.requestedAt().toString());
    statement.put("destroyedAt", now.toString());
    statement.put("remains", wrappingKey.isPresent() ? IN_VAULT : IN_THE_DATABASE);
    return statement;
  }
}
