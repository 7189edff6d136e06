package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.ChatAccount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The rows of erasures. Called within a transaction of the workspace.
@Component
class ErasureTable {
  private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};
  private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};
  private static final TypeReference<List<StoredAccount>> ACCOUNTS = new TypeReference<>() {};
  private static final int LISTED = 200;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ErasureTable(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record StoredAccount(UUID connection, String account) {}

  /// @return false if the same is being erased already, or the id is known
  boolean insert(ErasureRow row) {
    return jdbc.sql(
                "insert into erasure (workspace_id, id, kind, target, requested_by, requested_at,"
                    + " accounts, step, notes) values (:workspace, :id, :kind, :target, :by, :at,"
                    + " :accounts::jsonb, :step, :notes::jsonb) on conflict do nothing")
            .param("workspace", row.workspace().value())
            .param("id", row.id())
            .param("kind", row.target().kind())
            .param("target", row.target().id(row.workspace()))
            .param("by", row.requestedBy() == null ? null : row.requestedBy().value())
            .param("at", row.requestedAt().atOffset(ZoneOffset.UTC))
            .param("accounts", accounts(row.accounts()))
            .param("step", row.step())
            .param("notes", json.writeValueAsString(row.notes()))
            .update()
        > 0;
  }

  Optional<ErasureRow> find(UUID id) {
    return jdbc.sql("select * from erasure where id = ?").param(id).query(this::toRow).optional();
  }

  /// Lets nobody else work on it until the transaction ends.
  Optional<ErasureRow> lock(UUID id) {
    return jdbc.sql("select * from erasure where id = ? for update")
        .param(id)
        .query(this::toRow)
        .optional();
  }

  Optional<ErasureRow> running(ErasureTarget target, WorkspaceId workspace) {
    return jdbc.sql("select * from erasure where kind = ? and target = ? and finished_at is null")
        .params(target.kind(), target.id(workspace))
        .query(this::toRow)
        .optional();
  }

  /// Newest first.
  List<ErasureRow> list() {
    return jdbc.sql("select * from erasure order by requested_at desc, id desc limit " + LISTED)
        .query(this::toRow)
        .list();
  }

  void know(UUID id, List<ChatAccount> accounts) {
    jdbc.sql("update erasure set accounts = ?::jsonb where id = ?")
        .params(accounts(accounts), id)
        .update();
  }

  void note(UUID id, String words) {
    jdbc.sql(
            "update erasure set notes = notes || to_jsonb(:words::text)"
                + " where id = :id and not notes @> to_jsonb(:words::text)")
        .param("words", words)
        .param("id", id)
        .update();
  }

  /// So many more rows went.
  void count(UUID id, Map<String, Long> more) {
    count(id, more, Long::sum);
  }

  /// So many rows went by what may be done twice.
  void countOnce(UUID id, Map<String, Long> rows) {
    count(id, rows, Math::max);
  }

  private void count(UUID id, Map<String, Long> more, BinaryOperator<Long> both) {
    ErasureRow row = lock(id).orElseThrow();
    TreeMap<String, Long> counts = new TreeMap<>(row.counts());
    more.forEach((table, rows) -> counts.merge(table, rows, both));
    jdbc.sql("update erasure set counts = ?::jsonb where id = ?")
        .params(json.writeValueAsString(counts), id)
        .update();
  }

  void goOn(UUID id, String step, Instant now) {
    jdbc.sql(
            "update erasure set step = ?, waits_for = null, erased_at = coalesce(erased_at, ?)"
                + " where id = ?")
        .params(step, now.atOffset(ZoneOffset.UTC), id)
        .update();
  }

  /// @param why null if it waits no more
  void waitFor(UUID id, @Nullable String why) {
    jdbc.sql("update erasure set waits_for = ? where id = ?").param(why).param(id).update();
  }

  void finish(UUID id, String statement, byte[] signature, Instant now) {
    jdbc.sql(
            "update erasure set accounts = '[]', step = 'done', waits_for = null, statement = ?,"
                + " signature = ?, finished_at = ? where id = ?")
        .params(statement, signature, now.atOffset(ZoneOffset.UTC), id)
        .update();
  }

  /// What was signed, and the signature; empty until it is done.
  Optional<Signed> signed(UUID id) {
    return jdbc.sql("select statement, signature from erasure where id = ?")
        .param(id)
        .query((row, _) -> {
          String statement = row.getString("statement");
          return statement == null ? null : new Signed(statement, row.getBytes("signature"));
        })
        .optional();
  }

  private String accounts(List<ChatAccount> accounts) {
    return json.writeValueAsString(
        accounts.stream()
            .map(each -> new StoredAccount(each.connection().value(), each.account()))
            .toList());
  }

  private ErasureRow toRow(ResultSet row, int number) throws SQLException {
    UUID by = row.getObject("requested_by", UUID.class);
    return new ErasureRow(
        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
        row.getObject("id", UUID.class),
        ErasureTarget.of(row.getString("kind"), row.getString("target")),
        by == null ? null : new PersonId(by),
        Objects.requireNonNull(instant(row, "requested_at")),
        json.readValue(row.getString("accounts"), ACCOUNTS).stream()
            .map(each -> new ChatAccount(new ConnectionId(each.connection()), each.account()))
            .toList(),
        row.getString("step"),
        json.readValue(row.getString("counts"), COUNTS),
        json.readValue(row.getString("notes"), WORDS),
        row.getString("waits_for"),
        instant(row, "erased_at"),
        instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
