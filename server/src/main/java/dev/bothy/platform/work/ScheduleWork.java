package dev.bothy.platform.work;

import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.work.ScheduleHandler.MissedRun;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Does what the schedule says is due: one transaction for the handler's own changes and the next
/// due time. It is never given up: a hand-off that failed twelve times must still happen.
@Component
class ScheduleWork implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleWork.class);

  private final Map<String, ScheduleHandler> handlers;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Clock clock;
  private final WorkSettings settings;

  ScheduleWork(
      List<ScheduleHandler> handlers,
      JdbcClient jdbc,
      Workspaces workspaces,
      Lanes lanes,
      Clock clock,
      WorkSettings settings) {
    this.handlers =
        handlers.stream().collect(Collectors.toMap(ScheduleHandler::kind, Function.identity()));
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public Queue queue() {
    return Queue.SCHEDULE;
  }

  @Override
  public Set<String> kinds() {
    return handlers.keySet();
  }

  @Override
  public @Nullable Instant now() {
    return clock.instant();
  }

  @Override
  public Step step(Lane lane, UUID token) {
    UUID subject = UUID.fromString(lane.name());
    ScheduleHandler handler = Objects.requireNonNull(handlers.get(lane.kind()));
    try {
      Optional<Instant> dueAt = workspaces.inWorkspace(lane.workspace(), () -> dueAt(lane));
      if (dueAt.isEmpty()) {
        return new Step.Empty();
      }
      Due due = new Due(subject, dueAt.get(), clock.instant());
      if (due.dueAt().isAfter(due.now())) {
        return new Step.Wait(new Lanes.Ready.At(due.dueAt()));
      }
      handler.prepare(lane.workspace(), due);
      workspaces.inWorkspace(
          lane.workspace(),
          () -> {
            setNext(lane, due, run(handler, due));
            lanes.fence(lane, token);
          });
      return new Step.Settled();
    } catch (LeaseLost e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(lane, token, e);
    }
  }

  @Override
  public Optional<Lanes.Ready> next(Lane lane) {
    return dueAt(lane).map(Lanes.Ready.At::new);
  }

  private static Optional<Instant> run(ScheduleHandler handler, Due due) {
    return switch (handler.missedRun()) {
      case MissedRun.RunEach() -> handler.run(due);
      case MissedRun.RunOnce() -> {
        Optional<Instant> next = handler.run(due);
        next.ifPresent(time -> {
          if (!time.isAfter(due.now())) {
            throw new IllegalStateException(
                handler.kind() + " runs once for all that was missed, but is due again at once");
          }
        });
        yield next;
      }
      case MissedRun.Skip(Duration laterThan) ->
          Duration.between(due.dueAt(), due.now()).compareTo(laterThan) > 0
              ? handler.skipped(due)
              : handler.run(due);
    };
  }

  /// Unless the handler, or somebody else meanwhile, has set another time through [Schedule].
  private void setNext(Lane lane, Due due, Optional<Instant> next) {
    OffsetDateTime was = due.dueAt().atOffset(ZoneOffset.UTC);
    if (next.isEmpty()) {
      jdbc.sql("delete from scheduled_item where kind = ? and subject = ? and due_at = ?")
          .params(lane.kind(), due.subject(), was)
          .update();
      return;
    }
    jdbc.sql(
            "update scheduled_item set due_at = ?, attempts = 0, problem = null"
                + " where kind = ? and subject = ? and due_at = ?")
        .params(next.get().atOffset(ZoneOffset.UTC), lane.kind(), due.subject(), was)
        .update();
  }

  private Optional<Instant> dueAt(Lane lane) {
    return jdbc.sql("select due_at from scheduled_item where kind = ? and subject = ?")
        .params(lane.kind(), UUID.fromString(lane.name()))
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  private Step failed(Lane lane, UUID token, RuntimeException cause) {
    int failures =
        workspaces.inWorkspace(
            lane.workspace(),
            () -> {
              lanes.fence(lane, token);
              return jdbc.sql(
                      "update scheduled_item set attempts = attempts + 1, problem = ?"
                          + " where kind = ? and subject = ? returning attempts")
                  .params(Failure.nameOf(cause), lane.kind(), UUID.fromString(lane.name()))
                  .query(Integer.class)
                  .optional()
                  .orElse(1);
            });
    LOG.warn(
        "Scheduled work of kind {} for {} failed for the {}. time; it will be tried again",
        lane.kind(),
        lane.name(),
        failures,
        cause);
    Duration backoff = settings.backoff(failures, ThreadLocalRandom.current().nextDouble());
    return new Step.Wait(new Lanes.Ready.At(clock.instant().plus(backoff)));
  }
}
