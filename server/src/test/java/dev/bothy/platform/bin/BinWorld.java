package dev.bothy.platform.bin;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.RotationRows;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Things to delete.
class BinWorld {
  private final Workspaces workspaces;
  private final JdbcClient jdbc;

  BinWorld(Workspaces workspaces, JdbcClient jdbc) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
  }

  /// A paused rotation in a connection that works.
  UUID rotation(Workspace workspace) {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> {
          UUID connection = UUID.randomUUID();
          jdbc.sql(
                  "insert into chat_connection (workspace_id, id, network, name, bot_id, secrets,"
                      + " created_at) values (?, ?, 'sandbox', 'Room', 'bothy', '\\x00', now())")
              .params(workspace.id().value(), connection)
              .update();
          UUID id = UUID.randomUUID();
          jdbc.sql(RotationRows.ROTATION)
              .params(workspace.id().value(), id, "Desk " + id, connection)
              .update();
          return id;
        });
  }

  boolean exists(Workspace workspace, UUID rotation) {
    return count(workspace, "select count(*) from rotation where id = ?", rotation) > 0;
  }

  boolean isDeleted(Workspace workspace, UUID rotation) {
    return count(
            workspace,
            "select count(*) from rotation where id = ? and deleted_at is not null",
            rotation)
        > 0;
  }

  private long count(Workspace workspace, String sql, UUID id) {
    return workspaces.inWorkspace(
        workspace.id(), () -> jdbc.sql(sql).param(id).query(Long.class).single());
  }
}
