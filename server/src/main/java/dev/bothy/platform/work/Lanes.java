package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private final List<Consumer<Queue>> listeners = new CopyOnWriteArrayList<>();

  Lanes(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Calls the listener when a transaction of this process has put something into a queue.
  void onWork(Consumer<Queue> listener) {
    listeners.add(listener);
  }

  /// Calls the listener no more.
  void forget(Consumer<Queue> listener) {
    listeners.remove(listener);
  }

  /// Tells the listeners that there is something in the queue.
  void announce(Queue queue) {
    listeners.forEach(listener -> listener.accept(queue));
  }

  /// At the end of the current transaction makes sure that the lane is there and ready. A lane that
  /// waits already keeps its time: its head may be waiting for a retry.
  void fill(Lane lane) {
    touches().changes.putIfAbsent(lane, new Fill(null));
  }

  /// At the end of the current transaction makes the lane ready at this time, whatever it was.
  void fillAt(Lane lane, Instant readyAt) {
    touches()
        .changes
        .merge(
            lane, new Fill(readyAt), (before, wanted) -> before instanceof Fence ? before : wanted);
  }

  /// At the end of the current transaction checks that the lane is still claimed under this token;
  /// if not the transaction rolls back with [LeaseLost].
  void fence(Lane lane, UUID token) {
    touches().changes.put(lane, new Fence(token));
  }

  /// Claims lanes that are ready.
  ///
  /// @param now what is due by the injected clock; null for the database's time
  List<Lane> claim(
      Queue queue, Set<String> kinds, @Nullable Instant now, int most, Duration lease, UUID token) {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "select workspace_id, kind, name"
                    + " from claim(:queue, :kinds, :now, :most, :lease, :token)")
            .param("queue", queue.id())
            .param("kinds", kinds.toArray(String[]::new))
            .param(
                "now",
                now == null ? null : now.atOffset(ZoneOffset.UTC),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .param("most", most)
            .param("lease", (double) lease.toMillis() / 1000)
            .param("token", token)
            .query((row, _) ->
                new Lane(
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    queue,
                    row.getString("kind"),
                    row.getString("name")))
            .list());
  }

  /// Prolongs a claim; false when it was lost.
  boolean renew(Lane lane, UUID token, Duration lease) {
    return workspaces.inWorkspace(
        lane.workspace(),
        () ->
            jdbc.sql(
                        "update lane set claim_ends_at = clock_timestamp() + make_interval(secs => ?)"
                            + " where queue = ? and kind = ? and name = ? and claim_token = ?")
                    .params(
                        (double) lease.toMillis() / 1000,
                        lane.queue().id(),
                        lane.kind(),
                        lane.name(),
                        token)
                    .update()
                == 1);
  }

  /// Gives a claim back. The lane goes when nothing waits in it; else it is ready at the time that
  /// its queue says.
  ///
  /// @param next asked once the lane is locked, so that what comes in meanwhile is not overlooked
  void release(Lane lane, UUID token, Supplier<Optional<Ready>> next) {
    workspaces.inWorkspace(
        lane.workspace(),
        () -> {
          if (!lockHeld(lane, token)) {
            return;
          }
          Optional<Ready> ready = next.get();
          if (ready.isEmpty()) {
            jdbc.sql("delete from lane where queue = ? and kind = ? and name = ?")
                .params(lane.queue().id(), lane.kind(), lane.name())
                .update();
            return;
          }
          switch (ready.get()) {
            case Ready.At(Instant time) ->
                jdbc.sql(
                        "update lane set claim_token = null, claim_ends_at = null, ready_at = ?"
                            + " where queue = ? and kind = ? and name = ?")
                    .params(
                        time.atOffset(ZoneOffset.UTC), lane.queue().id(), lane.kind(), lane.name())
                    .update();
            case Ready.In(Duration after) ->
                jdbc.sql(
                        "update lane set claim_token = null, claim_ends_at = null,"
                            + " ready_at = clock_timestamp() + make_interval(secs => ?)"
                            + " where queue = ? and kind = ? and name = ?")
                    .params(
                        (double) after.toMillis() / 1000,
                        lane.queue().id(),
                        lane.kind(),
                        lane.name())
                    .update();
          }
        });
    announce(lane.queue());
  }

  private boolean lockHeld(Lane lane, UUID token) {
    return jdbc.sql(
            "select 1 from lane where queue = ? and kind = ? and name = ? and claim_token = ?"
                + " for update")
        .params(lane.queue().id(), lane.kind(), lane.name(), token)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /// When a lane is ready again.
  sealed interface Ready {
    /// At a time of the injected clock.
    record At(Instant time) implements Ready {}

    /// After a while of the database's time.
    record In(Duration after) implements Ready {}
  }

  private sealed interface Change {}

  private record Fill(@Nullable Instant readyAt) implements Change {}

  private record Fence(UUID token) implements Change {}

  private Touches touches() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof Touches touches) {
        return touches;
      }
    }
    Touches touches = new Touches();
    TransactionSynchronizationManager.registerSynchronization(touches);
    return touches;
  }

  /// What the current transaction does to lanes at its end.
  private final class Touches implements TransactionSynchronization {
    private final Map<Lane, Change> changes = new TreeMap<>();

    @Override
    public void beforeCommit(boolean readOnly) {
      changes.forEach((lane, change) -> {
        switch (change) {
          case Fence(UUID token) -> check(lane, token);
          case Fill(Instant readyAt) -> upsert(lane, readyAt);
        }
      });
    }

    @Override
    public void afterCommit() {
      changes.keySet().stream().map(Lane::queue).distinct().forEach(Lanes.this::announce);
    }

    private void check(Lane lane, UUID token) {
      if (!lockHeld(lane, token)) {
        throw new LeaseLost(lane);
      }
    }

    private void upsert(Lane lane, @Nullable Instant readyAt) {
      jdbc.sql(
              "insert into work_turn (workspace_id, queue, served_at) values (?, ?, '-infinity')"
                  + " on conflict do nothing")
          .params(lane.workspace().value(), lane.queue().id())
          .update();
      jdbc.sql(
              "insert into lane (workspace_id, queue, kind, name, ready_at)"
                  + " values (:workspace, :queue, :kind, :name, coalesce(:ready, clock_timestamp()))"
                  + " on conflict (workspace_id, queue, kind, name)"
                  + " do update set ready_at = coalesce(:ready, lane.ready_at)")
          .param("workspace", lane.workspace().value())
          .param("queue", lane.queue().id())
          .param("kind", lane.kind())
          .param("name", lane.name())
          .param(
              "ready",
              readyAt == null ? null : readyAt.atOffset(ZoneOffset.UTC),
              Types.TIMESTAMP_WITH_TIMEZONE)
          .update();
    }
  }
}
