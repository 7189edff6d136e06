package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is left of workspaces: that they were, and the receipt. Called within any transaction.
@Component
class ErasedWorkspaces {
  private final JdbcClient jdbc;

  ErasedWorkspaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(ErasureRow row, Signed receipt, Instant now) {
    jdbc.sql(
            "insert into erased_workspace (workspace, erasure_id, requested_by, requested_at,"
                + " erased_at, statement, signature) values (:workspace, :erasure, :by, :requested,"
                + " :now, :statement, :signature) on conflict (workspace) do nothing")
        .param("workspace", row.workspace().value())
        .param("erasure", row.id())
        .param("by", row.requestedBy() == null ? null : row.requestedBy().value())
        .param("requested", row.requestedAt().atOffset(ZoneOffset.UTC))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("statement", receipt.statement())
        .param("signature", receipt.signature())
        .update();
  }

  Optional<Signed> signed(WorkspaceId workspace) {
    return jdbc.sql("select statement, signature from erased_workspace where workspace = ?")
        .param(workspace.value())
        .query((row, _) -> new Signed(row.getString("statement"), row.getBytes("signature")))
        .optional();
  }
}
