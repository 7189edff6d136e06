package dev.bothy.platform.work;

import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/// Handles what the inbox holds: one transaction for the handler's own changes, what it sends, and
/// the mark that the item is done.
@Component
class InboxWork implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWork.class);

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

  @Override
  public Queue queue() {
    return Queue.INBOX;
  }

  @Override
  public Set<String> kinds() {
    return handlers.keySet();
  }

  @Override
  public @Nullable Instant now() {
    return null;
  }

  @Override
  public Step step(Lane lane, UUID token) {
    Optional<Head> waiting = workspaces.inWorkspace(lane.workspace(), () -> head(lane));
    if (waiting.isEmpty()) {
      return new Step.Empty();
    }
    Head head = waiting.get();
    InboxHandler handler = java.util.Objects.requireNonNull(handlers.get(lane.kind()));
    InboxHandler.Item item;
    try {
      item = open(lane, head);
      handler.prepare(item);
      workspaces.inWorkspace(
          lane.workspace(),
          () -> {
            handler.handle(item);
            settle(head.id(), "done", null);
            lanes.fence(lane, token);
          });
    } catch (LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(lane, token, head, e);
    }
    handler.handled(item);
    return new Step.Settled();
  }

  @Override
  public Optional<Lanes.Ready> next(Lane lane) {
    return head(lane).map(_ -> new Lanes.Ready.In(Duration.ZERO));
  }

  private record Head(UUID id, UUID source, String deliveryId, int attempts, byte[] payload) {}

  private Optional<Head> head(Lane lane) {
    return jdbc.sql(
            "select id, source, delivery_id, attempts, payload from inbox_item"
                + " where kind = ? and lane = ? and state = 'waiting' order by position limit 1")
        .params(lane.kind(), lane.name())
        .query((row, _) ->
            new Head(
                row.getObject("id", UUID.class),
                row.getObject("source", UUID.class),
                row.getString("delivery_id"),
                row.getInt("attempts"),
                row.getBytes("payload")))
        .optional();
  }

  private InboxHandler.Item open(Lane lane, Head head) {
    byte[] payload =
        keys.openForInstallation(DurableInbox.PAYLOAD, head.id(), new Sealed(head.payload()));
    return new InboxHandler.Item(
        head.id(),
        lane.workspace(),
        head.source(),
        head.deliveryId(),
        head.attempts() + 1,
        payload);
  }

  /// Marks an item as settled; its payload goes when it is done and stays, sealed, when it is dead.
  private void settle(UUID id, String state, @Nullable String problem) {
    jdbc.sql(
            "update inbox_item set state = :state, problem = :problem, attempts = attempts + 1,"
                + " settled_at = clock_timestamp(),"
                + " payload = case when :state = 'done' then null else payload end"
                + " where id = :id and state = 'waiting'")
        .param("state", state)
        .param("problem", problem, java.sql.Types.VARCHAR)
        .param("id", id)
        .update();
  }

  private Step failed(Lane lane, UUID token, Head head, RuntimeException cause) {
    int failures = head.attempts() + 1;
    boolean dead = failures >= settings.attempts();
    if (dead) {
      metrics.deadLettered(Metrics.Queue.INBOX);
    }
    LOG.warn(
        "Item {} of kind {} failed for the {}. time{}",
        head.id(),
        lane.kind(),
        failures,
        dead ? "; it is dead-lettered" : "",
        cause);
    workspaces.inWorkspace(
        lane.workspace(),
        () -> {
          if (dead) {
            settle(head.id(), "dead", Failure.nameOf(cause));
          } else {
            jdbc.sql("update inbox_item set attempts = ?, problem = ? where id = ?")
                .params(failures, Failure.nameOf(cause), head.id())
                .update();
          }
          lanes.fence(lane, token);
        });
    return dead
        ? new Step.Settled()
        : new Step.Wait(
            new Lanes.Ready.In(
                settings.backoff(failures, ThreadLocalRandom.current().nextDouble())));
  }
}
