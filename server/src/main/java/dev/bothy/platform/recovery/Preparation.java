package dev.bothy.platform.recovery;

import dev.bothy.platform.audit.AuditHeads;
import dev.bothy.platform.audit.ChainCare;
import dev.bothy.platform.erasure.ErasureReplay;
import dev.bothy.platform.erasure.ErasureReplay.Replayed;
import dev.bothy.platform.kernel.OutOfReach;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.retention.EverySweep;
import dev.bothy.platform.retention.Sweeps;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.work.HeldWork;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Prepares a restored database: erases again what the ledger has, sweeps everything, lets what
/// takes overdue things away run, and marks the messages that may have been sent. Each part may
/// begin again at any time, so a server that dies half-way leaves nothing to mend.
@Component
class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /// For how long the schedule of one workspace is waited for at a time.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ErasureReplay replay;
  private final EverySweep sweep;
  private final HeldWork held;
  private final RecoveryTable table;
  private final RecoveryAudit audit;
  private final ChainCare chains;
  private final Leases leases;
  private final Workspaces workspaces;
  private final Clock clock;

  Preparation(
      ErasureReplay replay,
      EverySweep sweep,
      HeldWork held,
      RecoveryTable table,
      RecoveryAudit audit,
      ChainCare chains,
      Leases leases,
      Workspaces workspaces,
      Clock clock) {
    this.replay = replay;
    this.sweep = sweep;
    this.held = held;
    this.table = table;
    this.audit = audit;
    this.chains = chains;
    this.leases = leases;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// Does all of it. Called outside of any transaction, by the holder of the lease.
  ///
  /// @return whether it is prepared now; else its row says what it waits for
  boolean run(Recovery recovery, Leases.Lease lease) throws InterruptedException {
    try {
      List<Replayed> replayed = replay.replay();
      List<String> open = replayed.stream().flatMap(each -> openEntry(each).stream()).toList();
      if (!open.isEmpty()) {
        String why =
            "%d of %d entries of the erasure ledger: %s"
                .formatted(open.size(), replayed.size(), String.join("; ", open));
        waitFor(recovery, why, open.size());
        return false;
      }
      Map<String, Long> swept = sweep.run(new NoRest());
      for (WorkspaceId workspace : workspaces.ids()) {
        if (!awaitFirst(workspace)) {
          waitFor(recovery, "Work that takes away what is overdue has not ended yet", 0);
          return false;
        }
        workspaces.inWorkspace(workspace, () -> held.doubt(recovery.backupTakenAt()));
        goOnWithTheLog(recovery, workspace);
      }
      RecoveryTable.Done done =
          new RecoveryTable.Done(
              (int) replayed.stream().filter(Replayed.Again.class::isInstance).count(),
              (int) replayed.stream().filter(each -> !(each instanceof Replayed.Again)).count(),
              0,
              swept);
      return workspaces.forInstallation(() -> {
        leases.confirm(lease);
        return table.hold(recovery.id(), done, clock.instant());
      });
    } catch (OutOfReach e) {
      waitFor(recovery, "The key provider does not answer", recovery.refused());
    } catch (EverySweep.WrongClock e) {
      waitFor(recovery, "Nothing is swept, since " + e.getMessage(), recovery.refused());
    } catch (StorageException e) {
      LOG.warn("The erasure ledger, or the heads of audit logs, cannot be read", e);
      waitFor(
          recovery,
          "The erasure ledger, or the heads of audit logs beside it, cannot be read: "
              + e.getMessage(),
          0);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("A restored database could not be prepared", e);
      waitFor(recovery, "The database refuses something; the log has the reason", 0);
    } catch (RuntimeException e) {
      LOG.error("A restored database could not be prepared", e);
      waitFor(recovery, "Something went wrong; the log has the reason", 0);
    }
    return false;
  }

  /// The log ends where it ended in the backup: that is written into it, and what was kept of its
  /// ends since is put aside.
  private void goOnWithTheLog(Recovery recovery, WorkspaceId workspace) {
    Optional<AuditHeads.Head> lost = chains.leftBehind(workspace, recovery.backupTakenAt());
    workspaces.inWorkspace(workspace, () -> audit.restored(recovery, lost));
    if (lost.isPresent()) {
      chains.goOnFromHere(workspace, recovery.backupTakenAt(), recovery.id().toString());
    }
  }

  private void waitFor(Recovery recovery, String why, int refused) {
    if (!why.equals(recovery.waitsFor())) {
      LOG.warn("The restored database is not served yet: {}", why);
    }
    workspaces.forInstallation(() -> table.waitFor(recovery.id(), why, refused));
  }

  /// Why an entry of the ledger keeps the service from being served; empty if it does not.
  private static Optional<String> openEntry(Replayed replayed) {
    return switch (replayed) {
      case Replayed.Again _, Replayed.Known _, Replayed.NotHere _ -> Optional.empty();
      case Replayed.Waits(String file, String why) -> Optional.of(file + " waits: " + why);
      case Replayed.Refused(String file, String why) -> Optional.of(file + " is refused: " + why);
    };
  }

  /// What takes overdue things away runs in its lanes, here and on every other server.
  ///
  /// @return false if it did not end in time
  private boolean awaitFirst(WorkspaceId workspace) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (workspaces.inWorkspace(workspace, held::first) > 0) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return true;
  }

  /// Nobody is served meanwhile, so nobody is held up.
  private static final class NoRest implements Sweeps.Watch {
    @Override
    public void batch(String table, int rows) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException("The lease was lost");
      }
    }

    @Override
    public boolean isInAHurry() {
      return true;
    }
  }
}
