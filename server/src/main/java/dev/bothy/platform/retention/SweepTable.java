package dev.bothy.platform.retention;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The last sweep of the workspace of the current transaction.
@Component
class SweepTable {
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final JsonMapper json;

  SweepTable(JdbcClient jdbc, Workspaces workspaces, JsonMapper json) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.json = json;
  }

  /// The last one; empty before the first.
  Optional<SweepResult> last() {
    return jdbc.sql("select started_at, finished_at, rows_by_table from retention_sweep")
        .query((row, _) -> {
          OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
          return new SweepResult(
              row.getObject("started_at", OffsetDateTime.class).toInstant(),
              finished == null ? null : finished.toInstant(),
              json.readValue(row.getString("rows_by_table"), COUNTS));
        })
        .optional();
  }

  /// One begins; it takes the place of the last.
  void begin(Instant now) {
    jdbc.sql(
            "insert into retention_sweep (workspace_id, started_at, rows_by_table)"
                + " values (?, ?, '{}') on conflict (workspace_id) do update"
                + " set started_at = excluded.started_at, finished_at = null, rows_by_table = '{}'")
        .params(workspaces.current().value(), now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// All that was due is gone.
  void finish(Instant now, Map<String, Long> rowsByTable) {
    jdbc.sql("update retention_sweep set finished_at = ?, rows_by_table = ?::jsonb")
        .params(now.atOffset(ZoneOffset.UTC), json.writeValueAsString(rowsByTable))
        .update();
  }
}
