package dev.bothy.operator.restore;

import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.api.RestoreStatus.Phase;
import dev.bothy.operator.jobs.ToolReport.BackupFacts;
import dev.bothy.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of a restore as one look leaves it: a copy of what was, and what changed.
final class RestoreDraft {
  /// The whole of it; what it says is for people.
  static final String COMPLETE = "Complete";

  /// Whether the data are the backup's; why not, if they are not.
  static final String RESTORED = "Restored";

  private final @Nullable RestoreStatus before;
  private final long generation;
  private final Instant now;
  private final Conditions conditions;
  private Phase phase;
  private @Nullable String backupId;
  private @Nullable String backupTakenAt;
  private @Nullable String version;
  private @Nullable String safetyBackup;
  private @Nullable String startedAt;
  private @Nullable String completedAt;
  private @Nullable Integer attempts;
  private @Nullable String progress;

  RestoreDraft(Restore restore, Clock clock) {
    before = restore.getStatus();
    generation = Objects.requireNonNullElse(restore.getMetadata().getGeneration(), 0L);
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    phase = RestoreStatus.phaseOf(restore);
    conditions =
        new Conditions(before == null ? java.util.List.of() : before.conditions(), generation, now);
    if (before != null) {
      backupId = before.backupId();
      backupTakenAt = before.backupTakenAt();
      version = before.version();
      safetyBackup = before.safetyBackup();
      startedAt = before.startedAt();
      completedAt = before.completedAt();
      attempts = before.attempts();
    }
  }

  Phase phase() {
    return phase;
  }

  Instant now() {
    return now;
  }

  @Nullable String backupId() {
    return backupId;
  }

  /// The Job of the step that runs, from 1.
  int attempt() {
    return attempts == null ? 1 : attempts;
  }

  void nextAttempt() {
    attempts = attempt() + 1;
  }

  /// On to a phase, whose Jobs are counted anew.
  void enter(Phase next, String reason, String message) {
    phase = next;
    attempts = null;
    startedAt = startedAt == null ? now.toString() : startedAt;
    if (next.isOver()) {
      completedAt = now.toString();
    }
    if (next == Phase.Released) {
      conditions.put(COMPLETE, true, reason, message);
    } else {
      says(reason, message);
    }
  }

  /// What holds it up, or what it is at.
  void says(String reason, String message) {
    conditions.put(COMPLETE, false, reason, message);
  }

  void restored(String message) {
    conditions.put(RESTORED, true, "Restored", message);
  }

  void notRestored(String reason, String message) {
    conditions.put(RESTORED, false, reason, message);
  }

  /// Why it was not restored.
  Optional<Condition> notRestored() {
    return Conditions.of(conditions.all(), RESTORED)
        .filter(condition -> "False".equals(condition.getStatus()));
  }

  void backup(BackupFacts facts) {
    backupId = facts.id();
    backupTakenAt = facts.takenAt();
    version = facts.version();
  }

  void safetyBackup(String name) {
    safetyBackup = name;
  }

  void progress(@Nullable String words) {
    progress = words;
  }

  java.util.List<Condition> changed() {
    return conditions.changed();
  }

  RestoreStatus status() {
    return new RestoreStatus(
        generation,
        phase,
        backupId,
        backupTakenAt,
        version,
        safetyBackup,
        startedAt,
        completedAt,
        attempts,
        progress,
        conditions.all());
  }

  boolean differs() {
    return !status().equals(before);
  }
}
