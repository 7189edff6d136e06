package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.jobs.ToolReport.BackupFacts;
import dev.bothy.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The run's part of a Backup's status while it is made up: what a reconciliation does not come to
/// stays as it was.
final class BackupDraft {
  static final String COMPLETE = "Complete";
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB");
  private static final double STEP = 1000;

  private final BackupStatus before;
  private final Instant now;
  private final long generation;
  private final Conditions conditions;
  private Phase phase;
  private @Nullable String backupId;
  private @Nullable String startedAt;
  private @Nullable String completedAt;
  private @Nullable BackupFacts facts;
  private @Nullable String progress;
  private @Nullable String progressAt;
  private int attempts;
  private @Nullable String retryAt;

  BackupDraft(Backup backup, Instant now) {
    this.before = Objects.requireNonNullElseGet(backup.getStatus(), BackupStatus::none);
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.generation = backup.getMetadata().getGeneration();
    this.conditions = new Conditions(before.conditions(), generation, now);
    phase = before.phase() == null ? Phase.Pending : before.phase();
    backupId = before.backupId();
    startedAt = before.startedAt();
    completedAt = before.completedAt();
    progress = before.progress();
    progressAt = before.progressAt();
    attempts = before.attempts() == null ? 0 : before.attempts();
    retryAt = before.retryAt();
  }

  Phase phase() {
    return phase;
  }

  /// How many Jobs were begun.
  int attempts() {
    return attempts;
  }

  Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt).map(Instant::parse);
  }

  /// When it last got on; when its Job began if it has not yet.
  Instant progressAt() {
    return progressAt == null ? now : Instant.parse(progressAt);
  }

  /// What the condition says for a reason.
  Optional<String> said(String reason) {
    return Conditions.of(before.conditions(), COMPLETE)
        .filter(condition -> reason.equals(condition.getReason()))
        .map(Condition::getMessage);
  }

  /// It waits for something, and nothing of it runs.
  void waits(String reason, String message) {
    phase = Phase.Pending;
    progress = null;
    conditions.put(COMPLETE, false, reason, message);
  }

  /// A Job was begun, or one that was is found.
  void begun(int attempt) {
    phase = Phase.Running;
    attempts = attempt;
    retryAt = null;
    progress = null;
    progressAt = now.toString();
    if (startedAt == null) {
      startedAt = now.toString();
    }
    conditions.put(COMPLETE, false, "Running", "It runs");
  }

  /// @param words null as long as the tool has said nothing
  void runs(@Nullable String words, String message) {
    phase = Phase.Running;
    if (words != null && !words.equals(progress)) {
      progress = words;
      progressAt = now.toString();
    }
    conditions.put(COMPLETE, false, "Running", message);
  }

  /// Nobody can tell whether it gets on, so it is not held against it.
  void runsUnseen(String words) {
    progress = words;
    progressAt = now.toString();
    phase = Phase.Running;
    conditions.put(COMPLETE, false, "Running", "It runs; " + words);
  }

  /// The Job of this attempt failed, and another one begins later.
  void failedFor(Instant again, String reason, String message) {
    phase = Phase.Pending;
    progress = null;
    retryAt = again.truncatedTo(ChronoUnit.SECONDS).toString();
    conditions.put(COMPLETE, false, reason, message);
  }

  void fails(String reason, String message) {
    phase = Phase.Failed;
    progress = null;
    progressAt = null;
    retryAt = null;
    completedAt = now.toString();
    conditions.put(COMPLETE, false, reason, message);
  }

  /// The operator itself could not go on; how far the run is stays as it was.
  void stumbles(String message) {
    conditions.put(COMPLETE, false, "OperatorFailed", message);
  }

  void succeeds(BackupFacts made, String message) {
    phase = Phase.Succeeded;
    facts = made;
    backupId = made.id();
    startedAt = orElse(made.takenAt(), startedAt);
    completedAt = orElse(made.completedAt(), now.toString());
    progress = null;
    progressAt = null;
    retryAt = null;
    conditions.put(COMPLETE, true, "Succeeded", message);
  }

  private static @Nullable String orElse(@Nullable String text, @Nullable String other) {
    return text == null ? other : text;
  }

  /// The conditions that say something else than before.
  List<Condition> changed() {
    return conditions.changed();
  }

  /// Without what others write.
  BackupStatus status() {
    boolean known = facts != null;
    Long stored = known ? Objects.requireNonNull(facts).storedBytes() : before.storedBytes();
    return new BackupStatus(
        generation,
        phase,
        backupId,
        startedAt,
        completedAt,
        known ? Objects.requireNonNull(facts).bytes() : before.bytes(),
        stored,
        stored == null ? null : size(stored),
        known ? Objects.requireNonNull(facts).rows() : before.rows(),
        known ? Objects.requireNonNull(facts).tables() : before.tables(),
        known ? Objects.requireNonNull(facts).version() : before.version(),
        null,
        null,
        progress,
        progressAt,
        attempts == 0 ? null : attempts,
        retryAt,
        conditions.all());
  }

  boolean differs() {
    return !status().equals(withoutMarks(before));
  }

  private static BackupStatus withoutMarks(BackupStatus status) {
    return new BackupStatus(
        status.observedGeneration(),
        status.phase(),
        status.backupId(),
        status.startedAt(),
        status.completedAt(),
        status.bytes(),
        status.storedBytes(),
        status.size(),
        status.rows(),
        status.tables(),
        status.version(),
        null,
        null,
        status.progress(),
        status.progressAt(),
        status.attempts(),
        status.retryAt(),
        status.conditions());
  }

  /// `1.2 GB`, in steps of a thousand.
  static String size(long bytes) {
    double value = bytes;
    String unit = "B";
    for (String next : UNITS) {
      if (value < STEP) {
        break;
      }
      value /= STEP;
      unit = next;
    }
    return unit.equals("B")
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, unit);
  }
}
