package dev.bothy.platform.work;

import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

/// Sends what the outbox holds. That an attempt begins is committed before it begins: after a crash
/// the row says `sending`, and the sender is told that the message may have reached the network.
@Component
class OutboxWork implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWork.class);

  /// A lane with much in it is given back after this many messages, so that others get their turn.
  private static final int ITEMS = 20;

  private final Map<String, OutboxSender> senders;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Keys keys;
  private final WorkSettings settings;
  private final Metrics metrics;

  OutboxWork(
      List<OutboxSender> senders,
      JdbcClient jdbc,
      Workspaces workspaces,
      Lanes lanes,
      Keys keys,
      WorkSettings settings,
      Metrics metrics) {
    this.senders =
        senders.stream()
            .flatMap(each -> each.kinds().stream().map(kind -> Map.entry(kind, each)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.keys = keys;
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public Queue queue() {
    return Queue.OUTBOX;
  }

  @Override
  public Set<String> kinds() {
    return senders.keySet();
  }

  @Override
  public @Nullable Instant now() {
    return null;
  }

  @Override
  public int workers() {
    return settings.senders();
  }

  @Override
  public int lanesAClaim() {
    return 1;
  }

  @Override
  public void work(Claim claim) {
    Lane lane = claim.lanes().getFirst();
    Optional<Lanes.Ready> wait = Optional.empty();
    for (int count = 0; count < ITEMS && claim.isHeld() && wait.isEmpty(); count++) {
      Optional<Begun> begun = workspaces.inWorkspace(lane.workspace(), () -> begin(claim, lane));
      if (begun.isEmpty()) {
        break;
      }
      wait = attempt(lane, begun.get());
    }
    Map<Lane, Lanes.Ready> waits = wait.map(until -> Map.of(lane, until)).orElse(Map.of());
    lanes.giveBackNow(claim, List.of(lane), waits, this);
  }

  /// @return how long the lane must wait; empty when the message is settled
  private Optional<Lanes.Ready> attempt(Lane lane, Begun begun) {
    OutboxSender.Item item = begun.item();
    if (!begun.opened()) {
      workspaces.inWorkspace(lane.workspace(), () -> buryUnopened(item));
      return Optional.empty();
    }
    OutboxSender sender = Objects.requireNonNull(senders.get(lane.kind()));
    Result result;
    boolean outOfReach = true;
    try {
      result = sender.send(item);
    } catch (RuntimeException e) {
      LOG.warn("Sending message {} failed", item.id(), e);
      result = new Result.Unreachable(Failure.nameOf(e));
      outOfReach = false;
    }
    boolean givesUp = settings.givesUp(item.attempt(), begun.age(), outOfReach);
    return record(lane, sender, item, result, givesUp);
  }

  @Override
  public Map<Lane, Lanes.Ready> next(Collection<Lane> asked) {
    Lanes.Columns columns = Lanes.Columns.of(asked);
    Map<Lane, Lanes.Ready> next = new HashMap<>();
    jdbc.sql(
            "select held.kind, held.name from unnest(?, ?) as held (kind, name)"
                + " where exists (select from outbox_item i where i.kind = held.kind"
                + " and i.lane = held.name and i.state in ('waiting', 'sending'))")
        .params(columns.kinds(), columns.names())
        .query(row -> {
          next.put(
              new Lane(
                  workspaces.current(), Queue.OUTBOX, row.getString("kind"), row.getString("name")),
              new Lanes.Ready.In(Duration.ZERO));
        });
    return next;
  }

  /// An attempt that was begun.
  ///
  /// @param opened false when the payload does not open, which no further attempt would change
  /// @param age how long the message has been here
  private record Begun(OutboxSender.Item item, boolean opened, Duration age) {}

  private Optional<Begun> begin(Claim claim, Lane lane) {
    Optional<Begun> head =
        jdbc.sql(
                "select id, target, state, attempts, attempted_at, payload,"
                    + " extract(epoch from clock_timestamp() - added_at) as age_seconds from outbox_item"
                    + " where kind = ? and lane = ? and state in ('waiting', 'sending')"
                    + " order by position limit 1")
            .params(lane.kind(), lane.name())
            .query((row, _) -> {
              UUID id = row.getObject("id", UUID.class);
              Optional<byte[]> payload = open(id, row.getBytes("payload"));
              OffsetDateTime since = row.getObject("attempted_at", OffsetDateTime.class);
              OutboxSender.Item item =
                  new OutboxSender.Item(
                      id,
                      lane.workspace(),
                      row.getObject("target", UUID.class),
                      row.getInt("attempts") + 1,
                      row.getString("state").equals("sending"),
                      since == null ? null : since.toInstant(),
                      payload.orElse(new byte[0]));
              return new Begun(item, payload.isPresent(), Failure.age(row));
            })
            .optional();
    head.map(Begun::item)
        .ifPresent(item -> {
          jdbc.sql(
                  "update outbox_item set state = 'sending', attempts = ?,"
                      + " attempted_at = coalesce(attempted_at, clock_timestamp()) where id = ?")
              .params(item.attempt(), item.id())
              .update();
          lanes.fence(claim, List.of(lane));
        });
    return head;
  }

  private Optional<byte[]> open(UUID id, byte[] payload) {
    try {
      return Optional.of(keys.open(DurableOutbox.PAYLOAD, id, new Sealed(payload)));
    } catch (CannotOpen e) {
      LOG.warn("Message {} does not open", id, e);
      return Optional.empty();
    }
  }

  /// Dead-letters a message that its sender never saw, so that those behind it go on.
  private void buryUnopened(OutboxSender.Item item) {
    jdbc.sql(
            "update outbox_item set state = 'dead', problem = 'CannotOpen',"
                + " settled_at = clock_timestamp() where id = ? and state = 'sending'")
        .param(item.id())
        .update();
    metrics.deadLettered(Metrics.Queue.OUTBOX);
  }

  /// Records what became of the attempt. Not fenced: it happened, whoever holds the lane now; a
  /// later attempt by another worker has a higher number and is left alone.
  private Optional<Lanes.Ready> record(
      Lane lane, OutboxSender sender, OutboxSender.Item item, Result result, boolean givesUp) {
    return workspaces.inWorkspace(
        lane.workspace(),
        () ->
            switch (result) {
              case Result.Sent(String externalId) -> {
                settle(sender, item, "sent", externalId, null, result);
                yield Optional.empty();
              }
              case Result.Rejected(String reason) -> {
                LOG.warn("Message {} was rejected: {}", item.id(), reason);
                settle(sender, item, "dead", null, reason, result);
                yield Optional.empty();
              }
              case Result.Unsupported(String capability) -> {
                LOG.warn("Message {} needs {}, which the network lacks", item.id(), capability);
                settle(sender, item, "dead", null, "unsupported: " + capability, result);
                yield Optional.empty();
              }
              case Result.RateLimited(Duration retryAfter) -> {
                // Refused for certain; what an earlier attempt did is as unknown as before.
                postpone(
                    item, item.again() ? "sending" : "waiting", item.attempt() - 1, "rate limited");
                yield Optional.of(new Lanes.Ready.In(retryAfter));
              }
              case Result.Unreachable(String reason) -> {
                if (givesUp) {
                  LOG.warn("Message {} is dead-lettered: {}", item.id(), reason);
                  settle(sender, item, "dead", null, reason, result);
                  yield Optional.empty();
                }
                postpone(item, "sending", item.attempt(), reason);
                yield Optional.of(
                    new Lanes.Ready.In(
                        settings.backoff(
                            item.attempt(), ThreadLocalRandom.current().nextDouble())));
              }
            });
  }

  private void settle(
      OutboxSender sender,
      OutboxSender.Item item,
      String state,
      @Nullable String externalId,
      @Nullable String problem,
      Result result) {
    int changed =
        jdbc.sql(
                "update outbox_item set state = :state, external_id = :external, problem = :problem,"
                    + " settled_at = clock_timestamp(),"
                    + " payload = case when :state = 'sent' then null else payload end,"
                    + " lane = case when :state = 'sent' then '' else lane end"
                    + " where id = :id and state = 'sending' and attempts = :attempt")
            .param("state", state)
            .param("external", externalId, java.sql.Types.VARCHAR)
            .param("problem", problem, java.sql.Types.VARCHAR)
            .param("id", item.id())
            .param("attempt", item.attempt())
            .update();
    if (changed == 1) {
      if (state.equals("dead")) {
        metrics.deadLettered(Metrics.Queue.OUTBOX);
      }
      sender.settled(item, result);
    }
  }

  private void postpone(OutboxSender.Item item, String state, int attempts, String problem) {
    jdbc.sql(
            "update outbox_item set state = ?, attempts = ?, problem = ?"
                + " where id = ? and state = 'sending' and attempts = ?")
        .params(state, attempts, problem, item.id(), item.attempt())
        .update();
  }
}
