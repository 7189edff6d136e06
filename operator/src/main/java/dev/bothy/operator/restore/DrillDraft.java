package dev.bothy.operator.restore;

import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillStatus;
import dev.bothy.operator.api.RestoreDrillStatus.Check;
import dev.bothy.operator.api.RestoreDrillStatus.Result;
import dev.bothy.operator.api.RestoreDrillStatus.Run;
import dev.bothy.operator.api.RestoreDrillStatus.Running;
import dev.bothy.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The status of a drill as one look leaves it: a copy of what was, and what changed.
final class DrillDraft {
  static final String PROVEN = "Proven";

  private final RestoreDrillStatus before;
  private final boolean had;
  private final long generation;
  private final Instant now;
  private final Conditions conditions;
  private final List<Run> history;
  private @Nullable Running running;
  private @Nullable String scheduledFrom;
  private @Nullable String nextAt;
  private @Nullable String lastRun;
  private @Nullable String lastGoodAt;
  private @Nullable String lastBackupId;
  private @Nullable Long lastDurationSeconds;
  private @Nullable String progress;
  private List<Check> checks;

  DrillDraft(RestoreDrill drill, Clock clock) {
    had = drill.getStatus() != null;
    before =
        Objects.requireNonNullElseGet(
            drill.getStatus(),
            () ->
                new RestoreDrillStatus(
                    null, null, null, null, null, null, null, null, null, List.of(), List.of(),
                    List.of()));
    generation = Objects.requireNonNullElse(drill.getMetadata().getGeneration(), 0L);
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    conditions = new Conditions(before.conditions(), generation, now);
    history = new ArrayList<>(before.history());
    running = before.running();
    scheduledFrom = before.scheduledFrom();
    nextAt = before.nextAt();
    lastRun = before.lastRun();
    lastGoodAt = before.lastGoodAt();
    lastBackupId = before.lastBackupId();
    lastDurationSeconds = before.lastDurationSeconds();
    checks = before.checks();
  }

  Instant now() {
    return now;
  }

  @Nullable Running running() {
    return running;
  }

  void begin(String run) {
    running = new Running(run, now.toString(), 1);
  }

  void nextAttempt(Running of) {
    running = new Running(of.id(), of.startedAt(), of.attempt() + 1);
  }

  /// @param found its checks; what the last run had stays if it came to none
  void end(Run run, List<Check> found) {
    running = null;
    history.addFirst(run);
    if (history.size() > RestoreDrillStatus.REMEMBERED) {
      history.subList(RestoreDrillStatus.REMEMBERED, history.size()).clear();
    }
    lastRun = run.endedAt();
    lastBackupId = run.backupId();
    lastDurationSeconds = run.seconds();
    checks = found;
    if (run.result() == Result.Good) {
      lastGoodAt = run.endedAt();
    }
  }

  @Nullable Instant scheduledFrom() {
    return scheduledFrom == null ? null : Instant.parse(scheduledFrom);
  }

  void scheduledFrom(@Nullable Instant time) {
    scheduledFrom = time == null ? null : time.toString();
  }

  void nextAt(@Nullable Instant time) {
    nextAt = time == null ? null : time.toString();
  }

  Optional<Run> last() {
    return history.stream().findFirst();
  }

  Optional<Instant> lastGood() {
    return Optional.ofNullable(lastGoodAt).map(Instant::parse);
  }

  void proven(boolean holds, String reason, String message) {
    conditions.put(PROVEN, holds, reason, message);
  }

  void progress(@Nullable String words) {
    progress = words;
  }

  List<Condition> changed() {
    return conditions.changed();
  }

  RestoreDrillStatus status() {
    return new RestoreDrillStatus(
        generation,
        running,
        scheduledFrom,
        nextAt,
        lastRun,
        lastGoodAt,
        lastBackupId,
        lastDurationSeconds,
        progress,
        checks,
        history,
        conditions.all());
  }

  boolean differs() {
    return !had || !status().equals(before);
  }
}
