package dev.bothy.platform.keymanagement;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.DataKey;
import dev.bothy.platform.keys.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  private static final String ELSEWHERE =
      "Some of these data keys were wrapped by another provider as well (%s): a backup of the"
          + " database from that time can be read with that provider's key until one of the two is"
          + " deleted.";
  private static final String ON_THE_WAY =
      "Not sealed under these keys were deliveries and messages on their way: they are erased when"
          + " they were handled or sent, or 30 days after they were given up, and a backup holds"
          + " those that were on their way when it was made. What a chat network has it keeps.";

  /// Messages to send lie under the workspace's own keys, and its dead letters go with them.
  private static final String ON_THE_WAY_IN =
      "Not sealed under these keys were deliveries on their way: they are erased when they were"
          + " handled, those that were given up were erased with these keys, and a backup holds"
          + " those that were on their way when it was made. What a chat network has it keeps.";

  private Receipts() {}

  /// @param keys the data keys that were destroyed
  /// @param provider the one that wraps now
  /// @param wrappingKey what it called its key; empty if it has one for all, which stays
  static Map<String, Object> statement(
      WorkspaceId workspace,
      KeyDestruction destruction,
      List<DataKey> keys,
      String provider,
      Optional<String> wrappingKey,
      Instant now) {
    // One that it moved away from stays one, whatever it is called: it may have been another Vault.
    List<String> others =
        keys.stream()
            .flatMap(key ->
                Stream.concat(
                    key.movedFrom().stream(),
                    Stream.of(key.provider()).filter(each -> !each.equals(provider))))
            .distinct()
            .toList();
    List<String> remains = new ArrayList<>();
    remains.add(wrappingKey.isPresent() ? IN_VAULT : IN_THE_DATABASE);
    if (!others.isEmpty()) {
      remains.add(ELSEWHERE.formatted(String.join(", ", others)));
    }
    remains.add(destruction.owner().equals(Purpose.PLATFORM) ? ON_THE_WAY_IN : ON_THE_WAY);

    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("kind", "bothy.key-destruction");
    statement.put("id", destruction.id().toString());
    statement.put("workspace", workspace.toString());
    statement.put("owner", destruction.owner());
    statement.put("dataKeyVersions", keys.stream().map(DataKey::version).toList());
    statement.put("provider", provider);
    if (!others.isEmpty()) {
      statement.put("otherProviders", others);
    }
    wrappingKey.ifPresent(name -> statement.put("wrappingKey", name));
    statement.put("requestedAt", destruction.requestedAt().toString());
    statement.put("destroyedAt", now.toString());
    statement.put("remains", String.join(" ", remains));
    return statement;
  }
}
