package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The lanes in the database.
///
/// A transaction locks lanes only at its very end and in one order ([Lane#compareTo]): it then
/// holds them for the length of a commit, and two transactions cannot wait for each other.
@Component
class Lanes {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final List<WorkGate> gates;
  private final List<BiConsumer<Queue, WorkspaceId>> listeners = new CopyOnWriteArrayList<>();

  Lanes(JdbcClient jdbc, Workspaces workspaces, List<WorkGate> gates) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.gates = List.copyOf(gates);
  }

  /// When a lane is ready again.
  sealed interface Ready {
    /// At a time of the injected clock.
    record At(Instant time) implements Ready {}

    /// After a while of the database's time.
    record In(Duration after) implements Ready {}
  }

  /// Calls the listener when a transaction of this process has put something into a queue.
  void onWork(BiConsumer<Queue, WorkspaceId> listener) {
    listeners.add(listener);
  }

  /// Calls the listener no more.
  void forget(BiConsumer<Queue, WorkspaceId> listener) {
    listeners.remove(listener);
  }

  /// Tells the listeners that there is something of this workspace in the queue.
  void announce(Queue queue, WorkspaceId workspace) {
    listeners.forEach(listener -> listener.accept(queue, workspace));
  }

  /// At the end of the current transaction makes sure that the lane is there and ready. A lane that
  /// waits already keeps its time: its head may be waiting for a retry.
  void fill(Lane lane) {
    changes().fill(lane, null);
  }

  /// At the end of the current transaction makes the lane ready at this time, whatever it was.
  void fillAt(Lane lane, Instant readyAt) {
    changes().fill(lane, readyAt);
  }

  /// At the end of the current transaction checks that these lanes are still claimed; if not the
  /// transaction rolls back with [LeaseLost].
  void fence(Claim claim, Collection<Lane> lanes) {
    changes().fence(claim, lanes);
  }

  /// At the end of the current transaction checks that these lanes are still claimed, as [#fence]
  /// does, and gives them back. A lane goes when nothing waits in it; else it is ready when its
  /// queue says, or later if it is to wait.
  ///
  /// @param waits the lanes that are to wait although something in them may be ready
  void giveBack(Claim claim, Collection<Lane> lanes, Map<Lane, Ready> waits, LaneWork work) {
    changes().giveBack(claim, lanes, waits, work);
  }

  /// Gives lanes back in a transaction of its own. If a crash of the database forgets it, the lease
  /// runs out instead.
  void giveBackNow(Claim claim, Collection<Lane> lanes, Map<Lane, Ready> waits, LaneWork work) {
    if (lanes.isEmpty()) {
      return;
    }
    workspaces.inWorkspace(
        claim.workspace(),
        Map.of("synchronous_commit", "off"),
        () -> {
          giveBack(claim, lanes, waits, work);
          return lanes;
        });
  }

  /// Claims lanes that are ready, all of one workspace; none but those of [LaneWork#kindsWhileHeld]
  /// while a [WorkGate] is closed. If a crash of the database forgets the claim its token is gone,
  /// and with it whatever the worker was about to commit.
  ///
  /// @param after the workspace that was served last
  /// @param busy workspaces that have all the workers that they may have
  Optional<Claim> claim(
      LaneWork work, UUID after, Collection<WorkspaceId> busy, WorkSettings settings) {
    Set<String> kinds =
        gates.stream().allMatch(WorkGate::isOpen) ? work.kinds() : work.kindsWhileHeld();
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    UUID token = UUID.randomUUID();
    Instant now = work.now();
    Set<Lane> interrupted = new HashSet<>();
    List<Lane> lanes = new ArrayList<>();
    long asked = System.nanoTime();
    workspaces.<List<Lane>>inOneStatement(() -> {
      jdbc.sql(
              "select workspace_id, kind, name, interrupted from"
                  + " set_config('synchronous_commit', 'off', true), claim(:queue, :kinds, :now, :tolerance, :most, :after, :busy, :lease, :token)")
          .param("queue", work.queue().id())
          .param("kinds", kinds.toArray(String[]::new))
          .param(
              "now",
              now == null ? null : now.atOffset(ZoneOffset.UTC),
              Types.TIMESTAMP_WITH_TIMEZONE)
          .param("tolerance", seconds(settings.clockTolerance()))
          .param("most", work.lanesAClaim())
          .param("after", after)
          .param("busy", busy.stream().map(WorkspaceId::value).toArray(UUID[]::new))
          .param("lease", seconds(settings.lease()))
          .param("token", token)
          .query(row -> {
            Lane lane =
                new Lane(
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    work.queue(),
                    row.getString("kind"),
                    row.getString("name"));
            lanes.add(lane);
            if (row.getBoolean("interrupted")) {
              interrupted.add(lane);
            }
          });
      return lanes;
    });
    return lanes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Claim(
                lanes.getFirst().workspace(), token, lanes, interrupted, settings.lease(), asked));
  }

  /// Prolongs the claim of the lanes that have not been given back.
  void renew(Claim claim, Duration lease) {
    Columns open = Columns.of(claim.open());
    Set<Lane> held = new HashSet<>();
    long asked = System.nanoTime();
    workspaces.inWorkspace(
        claim.workspace(),
        () ->
            jdbc.sql(
                    "update lane set claim_ends_at = clock_timestamp() + make_interval(secs => ?)"
                        + " from unnest(?, ?, ?) as wanted (queue, kind, name)"
                        + " where lane.queue = wanted.queue and lane.kind = wanted.kind"
                        + " and lane.name = wanted.name and lane.claim_token = ?"
                        + " returning lane.queue, lane.kind, lane.name")
                .params(seconds(lease), open.queues(), open.kinds(), open.names(), claim.token())
                .query(row -> {
                  held.add(
                      new Lane(
                          claim.workspace(),
                          Queue.ofId(row.getString("queue")),
                          row.getString("kind"),
                          row.getString("name")));
                }));
    claim.renewed(asked, held);
  }

  /// Lanes of one workspace as arrays for a statement.
  record Columns(String[] queues, String[] kinds, String[] names) {
    static Columns of(Collection<Lane> lanes) {
      return new Columns(
          lanes.stream().map(lane -> lane.queue().id()).toArray(String[]::new),
          lanes.stream().map(Lane::kind).toArray(String[]::new),
          lanes.stream().map(Lane::name).toArray(String[]::new));
    }
  }

  static double seconds(Duration duration) {
    return (double) duration.toMillis() / 1000;
  }

  private LaneChanges changes() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof LaneChanges changes) {
        return changes;
      }
    }
    LaneChanges changes = new LaneChanges(jdbc, workspaces.current(), this);
    TransactionSynchronizationManager.registerSynchronization(changes);
    return changes;
  }
}
