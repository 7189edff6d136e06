package dev.bothy.platform.recovery;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Writes into the audit log of every workspace that a restored installation was released, by
/// whomever: one server, soon afterwards, so that a crash of whoever said go loses no entry.
@Component
class ReleaseNews {
  private static final String LEASE = "recovery-news";
  private static final Duration HELD = Duration.ofMinutes(1);

  private final RecoveryState state;
  private final RecoveryTable table;
  private final RecoveryAudit audit;
  private final Leases leases;
  private final Workspaces workspaces;

  ReleaseNews(
      RecoveryState state,
      RecoveryTable table,
      RecoveryAudit audit,
      Leases leases,
      Workspaces workspaces) {
    this.state = state;
    this.table = table;
    this.audit = audit;
    this.leases = leases;
    this.workspaces = workspaces;
  }

  @Scheduled(fixedDelayString = "PT5S")
  void tell() {
    // Most databases were never restored.
    if (state.newest().isEmpty()) {
      return;
    }
    Optional<Recovery> untold = workspaces.forInstallation(table::untold);
    Optional<Leases.Lease> lease = untold.flatMap(_ -> leases.take(LEASE, HELD));
    if (lease.isEmpty()) {
      return;
    }
    Recovery recovery = untold.orElseThrow();
    String by = recovery.releasedBy();
    String how = by != null && by.startsWith("command") ? "command" : "person";
    for (WorkspaceId workspace : workspaces.ids()) {
      workspaces.inWorkspace(workspace, () -> audit.released(recovery, new Actor.System(), how));
    }
    workspaces.forInstallation(() -> table.told(recovery.id()));
    leases.giveBack(lease.get());
  }
}
