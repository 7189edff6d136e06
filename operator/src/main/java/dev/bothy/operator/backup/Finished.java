package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far Backups are, as their statuses say.
final class Finished {
  private Finished() {}

  static boolean isSuccess(Backup backup) {
    return phase(backup) == Phase.Succeeded;
  }

  static boolean isFailure(Backup backup) {
    return phase(backup) == Phase.Failed;
  }

  static boolean runs(Backup backup) {
    return phase(backup) == Phase.Running;
  }

  /// Whether something of it is still to come.
  static boolean isOpen(Backup backup) {
    Phase phase = phase(backup);
    return phase == null || !phase.isEnd();
  }

  /// When it ended; 1970 if it does not say.
  static Instant at(Backup backup) {
    return time(backup.getStatus() == null ? null : backup.getStatus().completedAt());
  }

  /// What it has of the database is as of then; 1970 if it does not say.
  static Instant begun(Backup backup) {
    return time(backup.getStatus() == null ? null : backup.getStatus().startedAt());
  }

  /// The one that has the newest content.
  static Optional<Backup> newest(List<Backup> all) {
    return all.stream().filter(Finished::isSuccess).max(Comparator.comparing(Finished::begun));
  }

  private static @Nullable Phase phase(Backup backup) {
    BackupStatus status = backup.getStatus();
    return status == null ? null : status.phase();
  }

  private static Instant time(@Nullable String text) {
    return text == null ? Instant.EPOCH : Instant.parse(text);
  }
}
