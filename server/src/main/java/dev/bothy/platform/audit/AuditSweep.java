package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes away entries that are older than the workspace keeps them: the oldest, never one between
/// others. What it did stands in the log, with the link from which the chain goes on.
@Component
class AuditSweep {
  /// Details: `count`, `position` and `hash` of the last link that lost its entry.
  static final String SWEPT = "audit.swept";

  private static final int BATCH = 10_000;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final AuditKeeping keeping;
  private final Audit audit;

  AuditSweep(JdbcClient jdbc, Workspaces workspaces, AuditKeeping keeping, Audit audit) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keeping = keeping;
    this.audit = audit;
  }

  /// Sweeps a workspace, in transactions of some thousand entries, each with an entry of its own.
  ///
  /// @return how many entries went
  long sweep(WorkspaceId workspace) {
    long all = 0;
    long batch;
    do {
      batch = workspaces.inWorkspace(workspace, () -> batch(workspace));
      all += batch;
    } while (batch >= BATCH);
    return all;
  }

  private record Swept(long removed, long position, String hash) {}

  private long batch(WorkspaceId workspace) {
    Duration kept = keeping.kept();
    Optional<Swept> swept =
        jdbc.sql("select removed, anchor_position, anchor_hash from audit_sweep(?, ?)")
            .params((double) kept.toSeconds(), BATCH)
            .query((row, _) ->
                new Swept(
                    row.getLong("removed"),
                    row.getLong("anchor_position"),
                    HexFormat.of().formatHex(row.getBytes("anchor_hash"))))
            .optional();
    swept.ifPresent(done ->
        audit.record(
            new Actor.System(),
            SWEPT,
            Subject.of("audit.log", workspace.value()),
            Map.of(
                "count", String.valueOf(done.removed()),
                "position", String.valueOf(done.position()),
                "hash", done.hash(),
                "kept-days", String.valueOf(kept.toDays()))));
    return swept.map(Swept::removed).orElse(0L);
  }
}
