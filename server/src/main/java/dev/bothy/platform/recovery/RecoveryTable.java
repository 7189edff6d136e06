package dev.bothy.platform.recovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The restores of this database. Called within a transaction of the installation.
@Component
class RecoveryTable {
  private static final TypeReference<Map<String, Long>> ROWS = new TypeReference<>() {};
  private static final int LONGEST = 1_000;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  RecoveryTable(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// What the preparation has done.
  record Done(int replayed, int known, int refused, Map<String, Long> rowsByTable) {}

  /// The restore that counts; empty for a database that was never restored.
  Optional<Recovery> newest() {
    return jdbc.sql("select * from recovery order by restored_at desc, id desc limit 1")
        .query((row, _) -> toRecovery(row))
        .optional();
  }

  /// Notes why the preparation does not go on, and what of the ledger is refused or waits.
  ///
  /// @param why null when it goes on
  void waitFor(UUID id, @Nullable String why, int refused) {
    jdbc.sql("update recovery set waits_for = ?, refused = ? where id = ? and state = 'PREPARING'")
        .param(why == null ? null : why.substring(0, Math.min(why.length(), LONGEST)))
        .param(refused)
        .param(id)
        .update();
  }

  /// @return false if it is not being prepared any more
  boolean hold(UUID id, Done done, Instant now) {
    return jdbc.sql(
                "update recovery set state = 'HELD', waits_for = null, prepared_at = ?, replayed = ?,"
                    + " known = ?, refused = ?, swept = ?, rows_by_table = cast(? as jsonb)"
                    + " where id = ? and state = 'PREPARING'")
            .param(now.atOffset(ZoneOffset.UTC))
            .param(done.replayed())
            .param(done.known())
            .param(done.refused())
            .param(done.rowsByTable().values().stream().mapToLong(Long::longValue).sum())
            .param(json.writeValueAsString(done.rowsByTable()))
            .param(id)
            .update()
        == 1;
  }

  /// @return false if it is not held
  boolean release(UUID id, String by, Instant now) {
    return jdbc.sql(
                "update recovery set state = 'RELEASED', released_at = ?, released_by = ?"
                    + " where id = ? and state = 'HELD'")
            .params(now.atOffset(ZoneOffset.UTC), by, id)
            .update()
        == 1;
  }

  /// A release that the audit logs do not all tell of yet.
  Optional<Recovery> untold() {
    return jdbc.sql(
            "select * from recovery where state = 'RELEASED' and not told"
                + " order by restored_at desc, id desc limit 1")
        .query((row, _) -> toRecovery(row))
        .optional();
  }

  void told(UUID id) {
    jdbc.sql("update recovery set told = true where id = ?").param(id).update();
  }

  private Recovery toRecovery(ResultSet row) throws SQLException {
    return new Recovery(
        row.getObject("id", UUID.class),
        row.getString("backup_id"),
        Objects.requireNonNull(instant(row, "backup_taken_at")),
        Objects.requireNonNull(instant(row, "restored_at")),
        Recovery.State.valueOf(row.getString("state")),
        row.getString("waits_for"),
        instant(row, "prepared_at"),
        row.getInt("replayed"),
        row.getInt("known"),
        row.getInt("refused"),
        row.getLong("swept"),
        json.readValue(row.getString("rows_by_table"), ROWS),
        instant(row, "released_at"),
        row.getString("released_by"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
