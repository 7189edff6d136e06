package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.ChatAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the ledger says of one erasure: ids alone, and all that is needed to do it again.
record LedgerEntry(
    UUID id,
    WorkspaceId workspace,
    ErasureTarget target,
    List<ChatAccount> accounts,
    @Nullable PersonId requestedBy,
    Instant requestedAt) {
  static final String KIND = "bothy.erasure-ledger";

  private static final JsonMapper JSON = JsonMapper.shared();

  static LedgerEntry of(ErasureRow row) {
    return new LedgerEntry(
        row.id(),
        row.workspace(),
        row.target(),
        row.accounts(),
        row.requestedBy(),
        row.requestedAt());
  }

  /// The text that is signed: the same for the same entry.
  String statement() {
    List<Map<String, String>> known = new ArrayList<>();
    for (ChatAccount account : accounts) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("connection", account.connection().toString());
      one.put("account", account.account());
      known.add(one);
    }
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("kind", KIND);
    statement.put("format", 1);
    statement.put("id", id.toString());
    statement.put("workspace", workspace.toString());
    statement.put("what", target.kind());
    statement.put("target", target.id(workspace));
    statement.put("accounts", known);
    if (requestedBy != null) {
      statement.put("requestedBy", requestedBy.toString());
    }
    statement.put("requestedAt", requestedAt.toString());
    return JSON.writeValueAsString(statement);
  }

  /// What [#statement] wrote.
  ///
  /// @throws IllegalArgumentException if it is something else
  static LedgerEntry read(String statement) {
    JsonNode read = JSON.readTree(statement);
    if (!read.path("kind").asString().equals(KIND) || read.path("format").asInt() != 1) {
      throw new IllegalArgumentException("It is no entry of a format that this version knows");
    }
    List<ChatAccount> accounts = new ArrayList<>();
    for (JsonNode each : read.path("accounts")) {
      accounts.add(
          new ChatAccount(
              new ConnectionId(UUID.fromString(each.path("connection").asString())),
              each.path("account").asString()));
    }
    return new LedgerEntry(
        UUID.fromString(read.path("id").asString()),
        new WorkspaceId(UUID.fromString(read.path("workspace").asString())),
        ErasureTarget.of(read.path("what").asString(), read.path("target").asString()),
        accounts,
        read.has("requestedBy")
            ? new PersonId(UUID.fromString(read.path("requestedBy").asString()))
            : null,
        Instant.parse(read.path("requestedAt").asString()));
  }
}
