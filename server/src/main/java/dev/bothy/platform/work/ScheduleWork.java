package dev.bothy.platform.work;

import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.work.ScheduleHandler.MissedRun;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Does what the schedule says is due: the handler's own changes and the next due time are one
/// transaction. It is never given up: a hand-off that failed twelve times must still happen.
@Component
class ScheduleWork extends BatchedWork<ScheduleWork.Run> {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleWork.class);

  /// How soon what rests is looked at again, unless it is woken.
  static final Duration RESTS = Duration.ofMinutes(10);

  private final Map<String, ScheduleHandler> handlers;
  private final List<Rests> rests;
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Lanes lanes;
  private final Clock clock;
  private final WorkSettings settings;

  ScheduleWork(
      List<ScheduleHandler> handlers,
      List<Rests> rests,
      JdbcClient jdbc,
      Workspaces workspaces,
      Lanes lanes,
      Clock clock,
      WorkSettings settings) {
    super(workspaces, lanes);
    this.handlers =
        handlers.stream().collect(Collectors.toMap(ScheduleHandler::kind, Function.identity()));
    this.rests = rests;
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.lanes = lanes;
    this.clock = clock;
    this.settings = settings;
  }

  /// Work that is due.
  record Run(Lane lane, Due due) {}

  @Override
  public Queue queue() {
    return Queue.SCHEDULE;
  }

  @Override
  public Set<String> kinds() {
    return handlers.keySet();
  }

  @Override
  public Set<String> kindsWhileHeld() {
    return handlers.values().stream()
        .filter(handler -> handler.whileHeld() != ScheduleHandler.WhileHeld.WAITS)
        .map(ScheduleHandler::kind)
        .collect(Collectors.toSet());
  }

  @Override
  public int workers() {
    return settings.workers();
  }

  @Override
  public @Nullable Instant now() {
    return clock.instant();
  }

  @Override
  public Map<Lane, Lanes.Ready> next(Collection<Lane> asked) {
    Map<Lane, Lanes.Ready> next = new HashMap<>();
    Predicate<String> resting = resting();
    scheduled(asked)
        .forEach(run -> next.put(run.lane(), new Lanes.Ready.At(readyAt(run, resting))));
    return next;
  }

  private Predicate<String> resting() {
    return rests.stream().map(Rests::now).reduce(_ -> false, Predicate::or);
  }

  private static Instant readyAt(Run run, Predicate<String> resting) {
    Instant due = run.due().dueAt();
    Instant later = run.due().now().plus(RESTS);
    return resting.test(run.lane().kind()) && due.isBefore(later) ? later : due;
  }

  /// Each lane has one due time at most; the earliest come first.
  @Override
  List<Run> read(List<Lane> from, int mostOfALane) {
    Predicate<String> resting = resting();
    return scheduled(from).stream()
        .filter(run -> !run.due().dueAt().isAfter(run.due().now()))
        .filter(run -> !resting.test(run.lane().kind()))
        .toList();
  }

  private List<Run> scheduled(Collection<Lane> wanted) {
    Instant now = clock.instant();
    UUID[] subjects =
        wanted.stream().map(lane -> UUID.fromString(lane.name())).toArray(UUID[]::new);
    return jdbc.sql(
            "select item.kind, item.subject, item.due_at from unnest(?, ?) as held (kind, subject)"
                + " join scheduled_item item on item.kind = held.kind"
                + " and item.subject = held.subject order by item.due_at")
        .params(Lanes.Columns.of(wanted).kinds(), subjects)
        .query((row, _) -> {
          UUID subject = row.getObject("subject", UUID.class);
          return new Run(
              new Lane(
                  workspaces.current(), Queue.SCHEDULE, row.getString("kind"), subject.toString()),
              new Due(subject, row.getObject("due_at", OffsetDateTime.class).toInstant(), now));
        })
        .list();
  }

  @Override
  Lane laneOf(Run run) {
    return run.lane();
  }

  @Override
  void prepare(Run run) {
    handler(run).prepare(run.lane().workspace(), run.due());
  }

  @Override
  void handle(Run run) {
    setNext(run, next(handler(run), run.due()));
  }

  @Override
  void settle(List<Run> done) {
    // Each run has set its next time already.
  }

  @Override
  void handled(Run run) {
    // Nobody waits for it.
  }

  private ScheduleHandler handler(Run run) {
    return Objects.requireNonNull(handlers.get(run.lane().kind()));
  }

  private static Optional<Instant> next(ScheduleHandler handler, Due due) {
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
  private void setNext(Run run, Optional<Instant> next) {
    OffsetDateTime was = run.due().dueAt().atOffset(ZoneOffset.UTC);
    if (next.isEmpty()) {
      jdbc.sql("delete from scheduled_item where kind = ? and subject = ? and due_at = ?")
          .params(run.lane().kind(), run.due().subject(), was)
          .update();
      return;
    }
    jdbc.sql(
            "update scheduled_item set due_at = ?, attempts = 0, problem = null"
                + " where kind = ? and subject = ? and due_at = ?")
        .params(next.get().atOffset(ZoneOffset.UTC), run.lane().kind(), run.due().subject(), was)
        .update();
  }

  /// What is never given up must not take down one worker after the other either: it waits, longer
  /// each time.
  @Override
  Optional<Lanes.Ready> interrupted(Lane lane) {
    int failures = countFailure(lane, "Interrupted");
    return failures > 1 ? Optional.of(pause(failures - 1)) : Optional.empty();
  }

  @Override
  Optional<Lanes.Ready> failed(Claim claim, Run run, RuntimeException cause) {
    int failures =
        workspaces.inWorkspace(
            claim.workspace(),
            () -> {
              lanes.fence(claim, List.of(run.lane()));
              return countFailure(run.lane(), Failure.nameOf(cause));
            });
    LOG.warn(
        "Scheduled work of kind {} for {} failed for the {}. time; it will be tried again",
        run.lane().kind(),
        run.lane().name(),
        failures,
        cause);
    return Optional.of(pause(failures));
  }

  private int countFailure(Lane lane, String problem) {
    return jdbc.sql(
            "update scheduled_item set attempts = attempts + 1, problem = ?"
                + " where kind = ? and subject = ? returning attempts")
        .params(problem, lane.kind(), UUID.fromString(lane.name()))
        .query(Integer.class)
        .optional()
        .orElse(1);
  }

  private Lanes.Ready pause(int failures) {
    Duration backoff = settings.backoff(failures, ThreadLocalRandom.current().nextDouble());
    return new Lanes.Ready.At(clock.instant().plus(backoff));
  }
}
