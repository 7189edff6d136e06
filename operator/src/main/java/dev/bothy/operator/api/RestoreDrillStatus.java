package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What drills have shown. The operator alone writes it. Times are in UTC, e.g.
/// `2026-11-27T04:00:00Z`.
///
/// @param running the run that has begun and not ended; null for none
/// @param scheduledFrom from when on times of the schedule count: those before are done or were
///   missed
/// @param checks of the last run that came to a result
/// @param history the last ten runs, the newest first
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreDrillStatus(
    @Nullable Long observedGeneration,
    @Nullable Running running,
    @Nullable String scheduledFrom,
    @Nullable String nextAt,
    @JsonPropertyDescription("When the last run ended.") @Nullable String lastRun,
    @JsonPropertyDescription("When the last run that proved its backup ended.")
        @Nullable String lastGoodAt,
    @JsonPropertyDescription("The backup of the last run.") @Nullable String lastBackupId,
    @Nullable Long lastDurationSeconds,
    @Nullable String progress,
    List<Check> checks,
    List<Run> history,
    List<Condition> conditions) {

  /// So many runs are remembered.
  public static final int REMEMBERED = 10;

  public RestoreDrillStatus {
    checks = checks == null ? List.of() : List.copyOf(checks);
    history = history == null ? List.of() : List.copyOf(history);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /// A run on its way.
  ///
  /// @param id what its Jobs are named by, e.g. `20261127t040000z`
  /// @param attempt the Job that runs, from 1
  public record Running(String id, String startedAt, int attempt) {}

  /// A run that is over.
  ///
  /// @param backupId null where it failed before it chose one
  /// @param evidence the id of its evidence in the store; null where it left none
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(
      String id,
      String endedAt,
      Result result,
      @Nullable String backupId,
      @Nullable Long seconds,
      @Nullable String evidence,
      @Nullable String reason,
      @Nullable String message) {}

  public enum Result {
    /// The backup was restored, and the server worked on it.
    Good,
    /// It could not be, or something in it was wrong.
    Failed
  }

  /// One thing that was looked at.
  ///
  /// @param result PASS or FAIL
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Check(String name, String result, @Nullable String message) {}
}
