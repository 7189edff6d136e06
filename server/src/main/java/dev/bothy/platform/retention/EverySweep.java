package dev.bothy.platform.retention;

import dev.bothy.platform.audit.ChainCare;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/// All that the nights would have swept, at once: what belongs to no workspace, then each
/// workspace's tables and audit log. For a database that was restored from before, which serves
/// only afterwards.
@Service
public class EverySweep {
  private static final String AUDIT = "audit_entry";

  private final Sweeps sweeps;
  private final Sweeper sweeper;
  private final ChainCare chains;
  private final Workspaces workspaces;

  EverySweep(Sweeps sweeps, Sweeper sweeper, ChainCare chains, Workspaces workspaces) {
    this.sweeps = sweeps;
    this.sweeper = sweeper;
    this.chains = chains;
    this.workspaces = workspaces;
  }

  /// Thrown when this server's clock must not say what is old.
  public static final class WrongClock extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongClock() {
      super("this server's clock and the database's differ by more than five minutes");
    }
  }

  /// Sweeps until nothing is left whose time is over. Called outside of any transaction. What it
  /// throws leaves nothing half done: it is called again.
  ///
  /// @return how many rows went, or lost their content, by table; only tables where some did
  /// @throws WrongClock before anything was swept
  public Map<String, Long> run(Sweeps.Watch watch) throws InterruptedException {
    if (!sweeper.isClockRight()) {
      throw new WrongClock();
    }
    Map<String, Long> rows = new TreeMap<>(sweeps.ofInstallation(watch).rowsByTable());
    for (WorkspaceId workspace : workspaces.ids()) {
      sweeps
          .of(workspace, watch)
          .rowsByTable()
          .forEach((table, count) -> rows.merge(table, count, Long::sum));
      long entries = chains.sweep(workspace);
      if (entries > 0) {
        rows.merge(AUDIT, entries, Long::sum);
      }
      watch.batch(AUDIT, (int) Math.min(Integer.MAX_VALUE, entries));
    }
    return rows;
  }
}
