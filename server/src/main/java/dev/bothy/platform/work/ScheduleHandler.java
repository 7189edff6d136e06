package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Does the work of one kind when it is due. Each handler is a bean; its [#kind] is unique.
public interface ScheduleHandler {
  /// The kind of scheduled work it does; stored with each row, so it never changes.
  String kind();

  /// What to do with work that was due while nobody was there to do it.
  MissedRun missedRun();

  /// What becomes of it while a [WorkGate] is closed, as after a restore.
  default WhileHeld whileHeld() {
    return WhileHeld.WAITS;
  }

  /// What becomes of a kind while a [WorkGate] is closed.
  enum WhileHeld {
    /// It waits, as all does that somebody outside of Bothy could notice.
    WAITS,
    /// It runs: somebody here waits for it, and what it has to tell others waits in the outbox.
    RUNS,
    /// It runs, and a restored service serves only when none of it is due any more: it takes away
    /// what is overdue.
    RUNS_FIRST
  }

  /// Called outside of any transaction before [#run], to fetch over the network what the work
  /// needs. It may be called several times for one due time.
  default void prepare(WorkspaceId workspace, Due due) {}

  /// Does the work, in the transaction that also sets when it is due next; other work of the
  /// workspace may share it, before and after. An exception rolls all of it back, and it is tried
  /// again, alone and with backoff. It must be quick: what waits for anything but the database
  /// belongs into [#prepare].
  ///
  /// @return when it is due next; empty when it is done for good
  Optional<Instant> run(Due due);

  /// Work that has become due.
  ///
  /// @param dueAt the time that was asked for
  /// @param now the time at which it runs, by the injected clock; not before dueAt
  record Due(UUID subject, Instant dueAt, Instant now) {}

  /// What to do with work that was due while nobody was there to do it.
  sealed interface MissedRun {
    /// Runs for each time that was missed, in order: a next time that is past runs at once.
    record RunEach() implements MissedRun {}

    /// Runs once, late, for all the times that were missed: the handler catches up by itself, and
    /// the next time that it returns lies after [Due#now] (else it is a bug and rolled back).
    record RunOnce() implements MissedRun {}

    /// Does not run when later than this; [ScheduleHandler#run] is not called and
    /// [ScheduleHandler#skipped] says what is due next.
    record Skip(Duration laterThan) implements MissedRun {}
  }

  /// Called instead of [#run] when the policy is to skip.
  default Optional<Instant> skipped(Due due) {
    return Optional.empty();
  }
}
