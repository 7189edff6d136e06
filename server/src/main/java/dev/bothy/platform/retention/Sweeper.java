package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Sweeps each workspace once a night, one after the other, on one server: under a lease, so that
/// another server goes on when this one dies. It has a thread of its own and touches no lane, so no
/// other work waits for it. A workspace that was missed is made up for as soon as a server runs.
@Component
class Sweeper extends Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final String LEASE = "retention-sweep";
  private static final Duration HELD = Duration.ofMinutes(2);
  private static final Duration PROLONGED_AFTER = Duration.ofSeconds(20);

  /// A clock that is further off than this must not say what is old.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Sweeps sweeps;
  private final SweepTable table;
  private final Workspaces workspaces;
  private final Leases leases;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Nights nights;

  Sweeper(
      Sweeps sweeps,
      SweepTable table,
      Workspaces workspaces,
      Leases leases,
      JdbcClient jdbc,
      Clock clock,
      RetentionProperties properties) {
    super("retention-sweep", Duration.ofMinutes(2), Duration.ofMinutes(10));
    this.sweeps = sweeps;
    this.table = table;
    this.workspaces = workspaces;
    this.leases = leases;
    this.jdbc = jdbc;
    this.clock = clock;
    this.nights = new Nights(properties.hour());
  }

  /// When this workspace is swept next.
  Instant next(WorkspaceId workspace) {
    return nights.next(workspace, clock.instant());
  }

  @Override
  void round() throws InterruptedException {
    Optional<Leases.Lease> lease = leases.take(LEASE, HELD);
    if (lease.isEmpty() || !isClockRight()) {
      return;
    }
    try {
      Holder holder = new Holder();
      sweepInstallation(holder);
      for (WorkspaceId workspace : workspaces.ids()) {
        holder.prolong();
        sweep(workspace, holder);
      }
    } catch (LeaseGone e) {
      LOG.info("Another server goes on with the sweep");
    } finally {
      leases.giveBack(lease.get());
    }
  }

  /// What goes wrong with it holds up no workspace.
  private void sweepInstallation(Holder holder) throws InterruptedException {
    try {
      sweeps.ofInstallation(holder);
    } catch (LeaseGone e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("The sweep of what belongs to no workspace broke off; it goes on next time", e);
    }
  }

  private void sweep(WorkspaceId workspace, Holder holder) throws InterruptedException {
    try {
      if (isDue(workspace)) {
        SweepResult result = sweeps.of(workspace, holder);
        if (result.rows() > 0) {
          LOG.info("Swept workspace {}: {} rows", workspace, result.rows());
        }
      }
    } catch (LeaseGone e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("The sweep of workspace {} broke off; it goes on in the next round", workspace, e);
    }
  }

  private boolean isDue(WorkspaceId workspace) {
    Instant turn = nights.last(workspace, clock.instant());
    return workspaces
        .inWorkspace(workspace, table::last)
        .map(last -> last.finishedAt() == null || last.startedAt().isBefore(turn))
        .orElse(true);
  }

  /// Whether this server's clock may say what is old.
  boolean isClockRight() {
    Instant database =
        workspaces.forInstallation(() ->
            jdbc.sql("select clock_timestamp()")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single());
    Duration off = Duration.between(database, clock.instant()).abs();
    if (off.compareTo(TOLERANCE) > 0) {
      LOG.warn("Nothing is swept: this server's clock and the database's differ by {}", off);
      return false;
    }
    return true;
  }

  /// Thrown between two batches when another server has the lease.
  private static final class LeaseGone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Prolongs the lease between batches.
  private final class Holder implements Sweeps.Watch {
    private long prolongedAt = System.nanoTime();

    @Override
    public void batch(String table, int rows) {
      prolong();
    }

    void prolong() {
      if (System.nanoTime() - prolongedAt < PROLONGED_AFTER.toNanos()) {
        return;
      }
      if (leases.take(LEASE, HELD).isEmpty()) {
        throw new LeaseGone();
      }
      prolongedAt = System.nanoTime();
    }
  }
}
