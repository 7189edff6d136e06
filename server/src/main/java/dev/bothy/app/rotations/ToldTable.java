package dev.bothy.app.rotations;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What was told already. Called within a transaction of the workspace.
@Component
class ToldTable {
  /// How long after its shift a row is kept: no longer matters for anything.
  private static final Duration KEPT = Duration.ofDays(30);

  static final String NOBODY = "";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ToldTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  enum Kind {
    REMINDER("reminder"),
    GAP("gap"),
    GROUP("group");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }
  }

  /// Remembers that it is told.
  ///
  /// @param account [#NOBODY] when it concerns nobody in particular
  /// @param start when the shift or the gap begins
  /// @return false when it was told before
  boolean first(UUID rotation, Kind kind, String role, String account, Instant start) {
    return jdbc.sql(
                "insert into rotation_told (workspace_id, rotation_id, kind, role, account,"
                    + " starts_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing")
            .params(
                workspaces.current().value(),
                rotation,
                kind.stored,
                role,
                account,
                start.atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  /// Lets go of what is long over.
  void forget(UUID rotation, Instant now) {
    jdbc.sql("delete from rotation_told where rotation_id = ? and starts_at < ?")
        .params(rotation, now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("delete from absence_answer where rotation_id = ? and absence_ends_at < ?")
        .params(rotation, now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .update();
  }
}
