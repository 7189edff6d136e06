package dev.bothy.platform.recovery;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.HeldWork;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The restore of this installation that counts, what waits because of it, and saying go. Called
/// outside of any transaction.
@Service
public class Recoveries {
  private final RecoveryTable table;
  private final RecoveryState state;
  private final RecoveryAudit audit;
  private final HeldWork held;
  private final Workspaces workspaces;
  private final Clock clock;

  Recoveries(
      RecoveryTable table,
      RecoveryState state,
      RecoveryAudit audit,
      HeldWork held,
      Workspaces workspaces,
      Clock clock) {
    this.table = table;
    this.state = state;
    this.audit = audit;
    this.held = held;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What came of saying go.
  public sealed interface Outcome {
    /// Work goes on, here at once and on other servers within a second.
    ///
    /// @param dropped how much of what waited was given up, in all workspaces
    record Released(long dropped) implements Outcome {}

    /// It is still being prepared.
    record Preparing() implements Outcome {}

    /// Nothing is held: it was released before, or there was no restore.
    record NothingHeld() implements Outcome {}
  }

  /// The restore that counts; empty where there never was one.
  public Optional<Recovery> newest() {
    return workspaces.forInstallation(table::newest);
  }

  /// The same without asking the database: as it was a second ago.
  public Optional<Recovery> lastSeen() {
    return state.newest();
  }

  /// What waits in all workspaces.
  public HeldWork.Waiting waiting(Recovery recovery) {
    return workspaces.ids().stream()
        .map(workspace ->
            workspaces.inWorkspace(workspace, () -> held.waiting(recovery.backupTakenAt())))
        .reduce(HeldWork.Waiting.NOTHING, HeldWork.Waiting::and);
  }

  /// What a restore of a backup of this time would lose, in all workspaces, as far as it is still
  /// here.
  public HeldWork.Since since(Instant takenAt) {
    return workspaces.ids().stream()
        .map(workspace -> workspaces.inWorkspace(workspace, () -> held.since(takenAt)))
        .reduce(HeldWork.Since.NOTHING, HeldWork.Since::and);
  }

  /// Says go.
  ///
  /// @param workspace in which they are owner or admin; its audit log names them
  /// @param drop whether to give up what waited when the backup was made, since it has most likely
  ///   been handled and sent then
  public Outcome release(PersonId person, WorkspaceId workspace, boolean drop) {
    Optional<Recovery> newest = newest();
    if (newest.isEmpty()) {
      return new Outcome.NothingHeld();
    }
    Recovery recovery = newest.get();
    return switch (recovery.state()) {
      case PREPARING -> new Outcome.Preparing();
      case RELEASED -> new Outcome.NothingHeld();
      case HELD -> {
        long dropped = drop ? drop(recovery) : 0;
        boolean released =
            workspaces.forInstallation(
                () -> table.release(recovery.id(), person.toString(), clock.instant()));
        if (released) {
          workspaces.inWorkspace(
              workspace, () -> audit.released(recovery, new Actor.Person(person), "person"));
        }
        state.look();
        yield released ? new Outcome.Released(dropped) : new Outcome.NothingHeld();
      }
    };
  }

  /// Whoever is interrupted here says go again.
  private long drop(Recovery recovery) {
    long all = 0;
    for (WorkspaceId each : workspaces.ids()) {
      all +=
          workspaces.inWorkspace(
              each,
              () -> {
                int dropped = held.drop(recovery.backupTakenAt());
                if (dropped > 0) {
                  audit.dropped(recovery, dropped);
                }
                return dropped;
              });
    }
    return all;
  }
}
