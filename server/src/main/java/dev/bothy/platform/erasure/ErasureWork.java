package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Does erasures, step by step. Each transaction that erases something also writes down in the
/// erasure's row how far it is; so a crash anywhere loses nothing, and whoever comes next goes on.
@Component
class ErasureWork implements ScheduleHandler {
  static final String KIND = "erasure.erase";

  private static final Logger LOG = LoggerFactory.getLogger(ErasureWork.class);

  /// Then others get their turn.
  private static final Duration STRETCH = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private static final Map<String, String> SETTINGS = Map.of("lock_timeout", "5s");

  private static final String LEDGER_AWAY =
      "The erasure ledger cannot be written. Nothing is erased before it stands there: see to the"
          + " folder that bothy.privacy.ledger names, or to the storage (bothy.storage.*); the"
          + " server's log has the reason.";

  private final Map<String, Steps> stepsByKind;
  private final ErasureTable table;
  private final ErasureLedger ledger;
  private final ErasureReceipts receipts;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final Clock clock;

  ErasureWork(
      List<Steps> steps,
      ErasureTable table,
      ErasureLedger ledger,
      ErasureReceipts receipts,
      Schedule schedule,
      Workspaces workspaces,
      Clock clock) {
    this.stepsByKind = steps.stream().collect(Collectors.toMap(Steps::kind, Function.identity()));
    this.table = table;
    this.ledger = ledger;
    this.receipts = receipts;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  /// Nobody stays because a backup was restored.
  @Override
  public WhileHeld whileHeld() {
    return WhileHeld.RUNS;
  }

  /// The work itself, in transactions of its own: each is on disk before the next begins.
  @Override
  public void prepare(WorkspaceId workspace, Due due) {
    long begun = System.nanoTime();
    while (advance(workspace, due.subject()) instanceof Advance.More
        && System.nanoTime() - begun < STRETCH.toNanos()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public Optional<Instant> run(Due due) {
    return table
        .find(due.subject())
        .filter(row -> row.finishedAt() == null)
        .map(row -> due.now().plus(row.waitsFor() == null ? Duration.ofMillis(1) : LOOK_AGAIN));
  }

  /// What became of a bit of work.
  sealed interface Advance {
    record More() implements Advance {}

    /// @param why in words
    record Waits(String why) implements Advance {}

    record Done() implements Advance {}
  }

  /// Has it done by whichever server comes next. Called within a transaction of the workspace.
  void schedule(ErasureRow row) {
    schedule.set(KIND, row.id(), clock.instant());
  }

  /// The names of the steps of this target, in order.
  List<String> steps(ErasureTarget target) {
    return stepsOf(target).names(target);
  }

  /// Does a bit of it. Called outside of any transaction.
  Advance advance(WorkspaceId workspace, UUID id) {
    Optional<ErasureRow> found =
        workspaces.inWorkspace(
            workspace, () -> table.find(id).filter(row -> row.finishedAt() == null));
    if (found.isEmpty()) {
      return new Advance.Done();
    }
    ErasureRow row = found.get();
    Optional<LedgerEntry> written = row.erasedAt() == null ? written(row) : Optional.empty();
    stepsOf(row.target()).prepare(workspace, row);
    Advance advance =
        workspaces.inWorkspace(workspace, SETTINGS, () -> advanceNow(id, row.step(), written));
    if (advance instanceof Advance.Waits(String why) && !why.equals(row.waitsFor())) {
      workspaces.inWorkspace(workspace, () -> table.waitFor(id, why));
    } else if (advance instanceof Advance.More && row.waitsFor() != null) {
      workspaces.inWorkspace(workspace, () -> table.waitFor(id, null));
    }
    return advance;
  }

  /// What stands in the ledger of it, or would if there were one; empty if it could not be written.
  private Optional<LedgerEntry> written(ErasureRow row) {
    LedgerEntry entry = LedgerEntry.of(row);
    try {
      ledger.write(entry);
      return Optional.of(entry);
    } catch (StorageException e) {
      LOG.warn("The erasure {} waits: its ledger cannot be written", row.id(), e);
      return Optional.empty();
    }
  }

  /// Does some of the step that was prepared for; another server may have gone on meanwhile.
  ///
  /// @param written what stands in the ledger; empty if nothing does
  private Advance advanceNow(UUID id, String prepared, Optional<LedgerEntry> written) {
    Optional<ErasureRow> found = table.lock(id).filter(row -> row.finishedAt() == null);
    if (found.isEmpty()) {
      return new Advance.Done();
    }
    ErasureRow row = found.get();
    if (!row.step().equals(prepared)) {
      return new Advance.More();
    }
    if (row.erasedAt() == null) {
      if (written.isEmpty()) {
        return new Advance.Waits(LEDGER_AWAY);
      }
      if (!written.get().equals(LedgerEntry.of(row))) {
        // It has changed since, and is written down anew first.
        return new Advance.More();
      }
    }
    Instant now = clock.instant();
    return switch (stepsOf(row.target()).run(row, now)) {
      case Steps.Progress.More _ -> new Advance.More();
      case Steps.Progress.Next _ -> next(row, now);
      case Steps.Progress.Wait(String why) -> new Advance.Waits(why);
      case Steps.Progress.Gone _ -> new Advance.Done();
    };
  }

  private Advance next(ErasureRow row, Instant now) {
    List<String> steps = steps(row.target());
    int place = steps.indexOf(row.step());
    // A step that a newer version does not know: what it would have done the last one looks for.
    String next =
        place < 0
            ? steps.getLast()
            : place + 1 < steps.size() ? steps.get(place + 1) : ErasureReceipts.DONE;
    table.goOn(row.id(), next, now);
    if (next.equals(ErasureReceipts.DONE)) {
      receipts.finish(row.id(), now);
      return new Advance.Done();
    }
    return new Advance.More();
  }

  private Steps stepsOf(ErasureTarget target) {
    Steps steps = stepsByKind.get(target.kind());
    if (steps == null) {
      throw new IllegalStateException("Nothing erases a " + target.kind());
    }
    return steps;
  }
}
