package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The handlers of a kind of work of the tests' own. Each test works in a workspace of its own and
/// says here what handling does there.
@Component
class WorkProbe implements InboxHandler, OutboxSender {
  static final String KIND = "probe";

  final Map<WorkspaceId, List<String>> seen = new ConcurrentHashMap<>();
  final Map<WorkspaceId, Consumer<InboxHandler.Item>> onHandle = new ConcurrentHashMap<>();
  final Map<WorkspaceId, Consumer<InboxHandler.Item>> onPrepare = new ConcurrentHashMap<>();
  final Map<WorkspaceId, Function<OutboxSender.Item, Result>> onSend = new ConcurrentHashMap<>();

  @Override
  public Set<String> kinds() {
    return Set.of(KIND);
  }

  @Override
  public Prepared prepare(InboxHandler.Item item) {
    onPrepare.getOrDefault(item.workspace(), _ -> {}).accept(item);
    return () -> handle(item);
  }

  private void handle(InboxHandler.Item item) {
    onHandle.getOrDefault(item.workspace(), _ -> {}).accept(item);
    // What was rolled back was not done.
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            note(item.workspace(), text(item.payload()));
          }
        });
  }

  @Override
  public Result send(OutboxSender.Item item) {
    note(item.workspace(), text(item.payload()) + (item.again() ? " again" : ""));
    return onSend
        .getOrDefault(item.workspace(), sent -> new Result.Sent("ext-" + sent.id()))
        .apply(item);
  }

  List<String> seen(WorkspaceId workspace) {
    return seen.getOrDefault(workspace, List.of());
  }

  private void note(WorkspaceId workspace, String text) {
    seen.computeIfAbsent(workspace, _ -> new CopyOnWriteArrayList<>()).add(text);
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /// The same for scheduled work: one bean for each policy.
  abstract static class Scheduled implements ScheduleHandler {
    final Map<UUID, List<String>> runs = new ConcurrentHashMap<>();
    final Map<UUID, Function<Due, Optional<Instant>>> onRun = new ConcurrentHashMap<>();

    @Override
    public Optional<Instant> run(Due due) {
      runs.computeIfAbsent(due.subject(), _ -> new CopyOnWriteArrayList<>())
          .add("ran " + due.dueAt());
      return onRun.getOrDefault(due.subject(), _ -> Optional.empty()).apply(due);
    }

    List<String> runs(UUID subject) {
      return runs.getOrDefault(subject, List.of());
    }
  }

  @Component
  static class Each extends Scheduled {
    @Override
    public String kind() {
      return "probe.each";
    }

    @Override
    public MissedRun missedRun() {
      return new MissedRun.RunEach();
    }
  }

  @Component
  static class Once extends Scheduled {
    @Override
    public String kind() {
      return "probe.once";
    }

    @Override
    public MissedRun missedRun() {
      return new MissedRun.RunOnce();
    }
  }

  @Component
  static class Skipping extends Scheduled {
    @Override
    public String kind() {
      return "probe.skip";
    }

    @Override
    public MissedRun missedRun() {
      return new MissedRun.Skip(java.time.Duration.ofMinutes(5));
    }

    @Override
    public Optional<Instant> skipped(Due due) {
      runs.computeIfAbsent(due.subject(), _ -> new CopyOnWriteArrayList<>())
          .add("skipped " + due.dueAt());
      return Optional.empty();
    }
  }
}
