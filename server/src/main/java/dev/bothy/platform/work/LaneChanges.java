package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;

/// What one transaction does to lanes of its workspace at its end: first all of them are locked in
/// their order, then claims are checked, then lanes are given back.
final class LaneChanges implements TransactionSynchronization {
  private final JdbcClient jdbc;
  private final WorkspaceId workspace;
  private final Lanes lanes;

  /// The time at which each lane that is filled is to be ready; null to leave the time as it is.
  private final Map<Lane, @Nullable Instant> filled = new TreeMap<>();

  private final Map<Lane, Claim> claimed = new TreeMap<>();
  private final List<GivenBack> givenBack = new ArrayList<>();
  private final Set<Queue> haveWork = EnumSet.noneOf(Queue.class);

  LaneChanges(JdbcClient jdbc, WorkspaceId workspace, Lanes lanes) {
    this.jdbc = jdbc;
    this.workspace = workspace;
    this.lanes = lanes;
  }

  private record GivenBack(
      Claim claim, Collection<Lane> lanes, Map<Lane, Lanes.Ready> waits, LaneWork work) {}

  void fill(Lane lane, @Nullable Instant readyAt) {
    if (readyAt == null) {
      filled.putIfAbsent(lane, null);
    } else {
      filled.put(lane, readyAt);
    }
    haveWork.add(lane.queue());
  }

  void fence(Claim claim, Collection<Lane> fenced) {
    fenced.forEach(lane -> claimed.put(lane, claim));
  }

  void giveBack(Claim claim, Collection<Lane> back, Map<Lane, Lanes.Ready> waits, LaneWork work) {
    fence(claim, back);
    givenBack.add(new GivenBack(claim, back, waits, work));
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    if (!filled.isEmpty()) {
      lockAndFill();
    }
    if (!claimed.isEmpty()) {
      checkClaims();
    }
    givenBack.forEach(this::giveBack);
  }

  @Override
  public void afterCommit() {
    givenBack.forEach(each -> each.claim().gaveBack(each.lanes()));
    haveWork.forEach(queue -> lanes.announce(queue, workspace));
  }

  /// Locks those that are claimed as well, so that all are locked in one order.
  private void lockAndFill() {
    Set<Lane> all = new TreeSet<>(filled.keySet());
    all.addAll(claimed.keySet());
    Lanes.Columns columns = Lanes.Columns.of(all);
    String[] readyAts =
        all.stream()
            .map(lane -> {
              Instant readyAt = filled.get(lane);
              return readyAt == null ? null : readyAt.toString();
            })
            .toArray(String[]::new);
    jdbc.sql(
            """
            with wanted as materialized (
              select * from unnest(:queues, :kinds, :names, :ready::timestamptz[])
                with ordinality as each (queue, kind, name, ready_at, place)
            )
            insert into lane (workspace_id, queue, kind, name, ready_at)
              select :workspace, queue, kind, name, coalesce(ready_at, clock_timestamp())
              from wanted order by place
            on conflict (workspace_id, queue, kind, name) do update set ready_at = coalesce(
              (select wanted.ready_at from wanted
                where wanted.queue = lane.queue and wanted.kind = lane.kind and wanted.name = lane.name),
              lane.ready_at)
            """)
        .param("workspace", workspace.value())
        .param("queues", columns.queues())
        .param("kinds", columns.kinds())
        .param("names", columns.names())
        .param("ready", readyAts)
        .update();
  }

  private void checkClaims() {
    Map<UUID, List<Lane>> byToken = new HashMap<>();
    claimed.forEach(
        (lane, claim) -> byToken.computeIfAbsent(claim.token(), _ -> new ArrayList<>()).add(lane));
    byToken.forEach((token, fenced) -> {
      Lanes.Columns columns = Lanes.Columns.of(fenced);
      int held =
          jdbc.sql(
                  "select 1 from unnest(?, ?, ?) with ordinality as wanted (queue, kind, name, place)"
                      + " join lane on lane.queue = wanted.queue and lane.kind = wanted.kind"
                      + " and lane.name = wanted.name and lane.claim_token = ?"
                      + " order by wanted.place for update of lane")
              .params(columns.queues(), columns.kinds(), columns.names(), token)
              .query(Integer.class)
              .list()
              .size();
      if (held < fenced.size()) {
        throw new LeaseLost(fenced.getFirst().queue());
      }
    });
  }

  private void giveBack(GivenBack back) {
    Map<Lane, Lanes.Ready> next = new HashMap<>(back.work().next(back.lanes()));
    next.replaceAll((lane, ready) -> back.waits().getOrDefault(lane, ready));
    List<Lane> empty = back.lanes().stream().filter(lane -> !next.containsKey(lane)).toList();
    if (!empty.isEmpty()) {
      Lanes.Columns columns = Lanes.Columns.of(empty);
      jdbc.sql(
              "delete from lane using unnest(?, ?, ?) as wanted (queue, kind, name)"
                  + " where lane.queue = wanted.queue and lane.kind = wanted.kind"
                  + " and lane.name = wanted.name")
          .params(columns.queues(), columns.kinds(), columns.names())
          .update();
    }
    if (!next.isEmpty()) {
      free(next);
      haveWork.add(back.work().queue());
    }
  }

  private void free(Map<Lane, Lanes.Ready> next) {
    List<Lane> waiting = List.copyOf(next.keySet());
    Lanes.Columns columns = Lanes.Columns.of(waiting);
    String[] ats = new String[waiting.size()];
    Double[] ins = new Double[waiting.size()];
    for (int place = 0; place < ats.length; place++) {
      Lane lane = waiting.get(place);
      switch (Objects.requireNonNull(next.get(lane))) {
        case Lanes.Ready.At(Instant time) -> ats[place] = time.toString();
        case Lanes.Ready.In(Duration after) -> ins[place] = Lanes.seconds(after);
      }
    }
    jdbc.sql(
            """
            update lane set claim_token = null, claim_ends_at = null,
              ready_at = coalesce(wanted.ready_at, clock_timestamp() + make_interval(secs => wanted.wait_seconds))
            from unnest(:queues, :kinds, :names, :ready::timestamptz[], :wait::float8[])
              as wanted (queue, kind, name, ready_at, wait_seconds)
            where lane.queue = wanted.queue and lane.kind = wanted.kind and lane.name = wanted.name
            """)
        .param("queues", columns.queues())
        .param("kinds", columns.kinds())
        .param("names", columns.names())
        .param("ready", ats)
        .param("wait", ins)
        .update();
  }
}
