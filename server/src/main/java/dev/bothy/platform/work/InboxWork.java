package dev.bothy.platform.work;

import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Handles what the inbox holds: the handler's own changes, what it sends, and the mark that the
/// item is done are one transaction.
@Component
class InboxWork extends BatchedWork<InboxWork.Waiting> {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWork.class);

  /// An item that was alone in a worker's hand this often when the worker died is taken for the
  /// cause. A stop of the whole machine, or of the database, may interrupt an innocent one once or
  /// twice.
  private static final int INTERRUPTIONS = 5;

  private final Map<String, InboxHandler> handlers;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Keys keys;
  private final WorkSettings settings;
  private final Metrics metrics;

  InboxWork(
      List<InboxHandler> handlers,
      JdbcClient jdbc,
      Workspaces workspaces,
      Lanes lanes,
      Keys keys,
      WorkSettings settings,
      Metrics metrics) {
    super(workspaces, lanes);
    this.handlers =
        handlers.stream()
            .flatMap(each -> each.kinds().stream().map(kind -> Map.entry(kind, each)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.keys = keys;
    this.settings = settings;
    this.metrics = metrics;
  }

  /// An item of the inbox; opened when it is prepared.
  final class Waiting {
    private final Lane lane;
    private final UUID id;
    private final UUID source;
    private final String deliveryId;
    private final int attempts;
    private final Duration age;
    private final byte[] sealed;
    private InboxHandler.@Nullable Prepared prepared;

    private Waiting(
        Lane lane,
        UUID id,
        UUID source,
        String deliveryId,
        int attempts,
        Duration age,
        byte[] sealed) {
      this.lane = lane;
      this.id = id;
      this.source = source;
      this.deliveryId = deliveryId;
      this.attempts = attempts;
      this.age = age;
      this.sealed = sealed;
    }

    private void prepare() {
      byte[] payload = keys.openForInstallation(DurableInbox.PAYLOAD, id, new Sealed(sealed));
      prepared =
          Objects.requireNonNull(handlers.get(lane.kind()))
              .prepare(
                  new InboxHandler.Item(
                      id,
                      lane.workspace(),
                      source,
                      deliveryId,
                      lane.kind(),
                      attempts + 1,
                      payload));
    }

    private InboxHandler.Prepared prepared() {
      return Objects.requireNonNull(prepared);
    }
  }

  @Override
  public Queue queue() {
    return Queue.INBOX;
  }

  @Override
  public Set<String> kinds() {
    return handlers.keySet();
  }

  @Override
  public int workers() {
    return settings.workers();
  }

  @Override
  public @Nullable Instant now() {
    return null;
  }

  @Override
  public Map<Lane, Lanes.Ready> next(Collection<Lane> asked) {
    Lanes.Columns columns = Lanes.Columns.of(asked);
    Map<Lane, Lanes.Ready> next = new HashMap<>();
    jdbc.sql(
            "select held.kind, held.name from unnest(?, ?) as held (kind, name)"
                + " where exists (select from inbox_item i where i.kind = held.kind"
                + " and i.lane = held.name and i.state = 'waiting')")
        .params(columns.kinds(), columns.names())
        .query(row -> {
          next.put(
              new Lane(
                  workspaces.current(), Queue.INBOX, row.getString("kind"), row.getString("name")),
              new Lanes.Ready.In(Duration.ZERO));
        });
    return next;
  }

  @Override
  List<Waiting> read(List<Lane> from, int mostOfALane) {
    Lanes.Columns columns = Lanes.Columns.of(from);
    return jdbc.sql(
            "select i.* from unnest(?, ?) with ordinality as held (kind, name, place)"
                + " cross join lateral (select kind, lane, position, id, source, delivery_id,"
                + " attempts, payload, extract(epoch from clock_timestamp() - received_at) as"
                + " age_seconds from inbox_item where kind = held.kind and lane = held.name"
                + " and state = 'waiting' order by position limit ?) i"
                + " order by held.place, i.position")
        .params(columns.kinds(), columns.names(), mostOfALane)
        .query((row, _) ->
            new Waiting(
                new Lane(
                    workspaces.current(),
                    Queue.INBOX,
                    row.getString("kind"),
                    row.getString("lane")),
                row.getObject("id", UUID.class),
                row.getObject("source", UUID.class),
                row.getString("delivery_id"),
                row.getInt("attempts"),
                Failure.age(row),
                row.getBytes("payload")))
        .list();
  }

  @Override
  Lane laneOf(Waiting waiting) {
    return waiting.lane;
  }

  @Override
  void prepare(Waiting waiting) {
    waiting.prepare();
  }

  @Override
  void handle(Waiting waiting) {
    InboxTurn.run(waiting.prepared()::handle);
  }

  @Override
  void handled(Waiting waiting) {
    waiting.prepared().handled();
  }

  @Override
  void settle(List<Waiting> done) {
    int settled =
        jdbc.sql(
                "update inbox_item set state = 'done', problem = null, attempts = attempts + 1,"
                    + " settled_at = clock_timestamp(), payload = null"
                    + " where id = any (?) and state = 'waiting'")
            .param(done.stream().map(waiting -> waiting.id).toArray(UUID[]::new))
            .update();
    if (settled < done.size()) {
      throw new LeaseLost(Queue.INBOX);
    }
  }

  @Override
  Optional<Lanes.Ready> interrupted(Lane lane) {
    for (Waiting head : read(List.of(lane), 1)) {
      int interruptions =
          jdbc.sql(
                  "update inbox_item set interruptions = interruptions + 1 where id = ?"
                      + " returning interruptions")
              .param(head.id)
              .query(Integer.class)
              .single();
      if (interruptions >= INTERRUPTIONS) {
        LOG.error(
            "Item {} of kind {} was in hand when {} workers died; it is dead-lettered",
            head.id,
            lane.kind(),
            interruptions);
        bury(head, "Interrupted");
      }
    }
    return Optional.empty();
  }

  @Override
  Optional<Lanes.Ready> failed(Claim claim, Waiting head, RuntimeException cause) {
    int failures = head.attempts + 1;
    boolean dead = settings.givesUp(failures, head.age, Failure.isOutOfReach(cause));
    LOG.warn(
        "Item {} of kind {} failed for the {}. time{}",
        head.id,
        head.lane.kind(),
        failures,
        dead ? "; it is dead-lettered" : "",
        cause);
    workspaces.inWorkspace(
        claim.workspace(),
        () -> {
          if (dead) {
            bury(head, Failure.nameOf(cause));
          } else {
            // It failed without taking its worker along.
            jdbc.sql(
                    "update inbox_item set attempts = ?, problem = ?, interruptions = 0"
                        + " where id = ? and state = 'waiting'")
                .params(failures, Failure.nameOf(cause), head.id)
                .update();
          }
          lanes.fence(claim, List.of(head.lane));
        });
    return dead
        ? Optional.empty()
        : Optional.of(
            new Lanes.Ready.In(
                settings.backoff(failures, ThreadLocalRandom.current().nextDouble())));
  }

  /// Its payload stays, sealed, for those who look at what was dead-lettered.
  private void bury(Waiting head, String problem) {
    jdbc.sql(
            "update inbox_item set state = 'dead', problem = ?, attempts = attempts + 1,"
                + " settled_at = clock_timestamp() where id = ? and state = 'waiting'")
        .params(problem, head.id)
        .update();
    workspaces.afterCommit(() -> metrics.deadLettered(Metrics.Queue.INBOX));
  }
}
