package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a restore is. The operator alone writes it, and goes on from it after it was ended at
/// any point.
///
/// @param backupId the backup that was chosen; it stays the same from then on, whatever is newest
/// @param backupTakenAt as the tool reported it, e.g. `2026-11-27T02:15:00Z`
/// @param version the product's version that made the backup
/// @param safetyBackup the name of the resource `Backup` of what was there before
/// @param attempts how many Jobs the step that runs has had, this one included
/// @param progress of the step that runs, e.g. `41 %: 12 of 83 tables`
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @JsonPropertyDescription("The backup that is restored.") @Nullable String backupId,
    @JsonPropertyDescription("When it was taken.") @Nullable String backupTakenAt,
    @JsonPropertyDescription("The version that made it.") @Nullable String version,
    @JsonPropertyDescription("The Backup of what was there before.") @Nullable String safetyBackup,
    @Nullable String startedAt,
    @Nullable String completedAt,
    @Nullable Integer attempts,
    @Nullable String progress,
    List<Condition> conditions) {

  public RestoreStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /// How far it is.
  public enum Phase {
    /// It waits: for another restore, for the resource `Bothy`, or for what that still prepares.
    /// Nothing was looked at.
    Pending,
    /// A Job looks for the backup, its keys and its fit. Nothing is changed, servers run.
    Checking,
    /// What is there is backed up. Servers run.
    SavingPresent,
    /// Servers end, and Jobs that use the database come to their end.
    Stopping,
    /// A Job loads the backup. No server runs.
    Restoring,
    /// Loading was given up; a Job puts back what was there. No server runs.
    RollingBack,
    /// Servers come up on what was restored.
    Starting,
    /// Servers run and take in, but handle and send nothing until somebody says go.
    Held,
    /// Somebody said go. It is over.
    Released,
    /// It ended before it changed anything, or what it changed could not be put back; the condition
    /// says which. It is over.
    Failed,
    /// It failed, and what was there before is there again. It is over.
    RolledBack,
    /// It was restored, and then another restore took its place. It is over.
    Superseded;

    /// Whether it never moves again.
    public boolean isOver() {
      return switch (this) {
        case Released, Failed, RolledBack, Superseded -> true;
        case Pending, Checking, SavingPresent, Stopping, Restoring, RollingBack, Starting, Held ->
            false;
      };
    }

    /// Whether another restore waits for it.
    public boolean comesFirst() {
      return switch (this) {
        case Pending, Checking, SavingPresent, Stopping, Restoring, RollingBack -> true;
        // What was restored may be what the next one is to replace.
        case Starting, Held, Released, Failed, RolledBack, Superseded -> false;
      };
    }

    /// Whether no server may run, nor anything else that uses the database.
    public boolean needsStandstill() {
      return switch (this) {
        case Stopping, Restoring, RollingBack -> true;
        case Pending,
            Checking,
            SavingPresent,
            Starting,
            Held,
            Released,
            Failed,
            RolledBack,
            Superseded ->
            false;
      };
    }
  }

  /// What to take for the phase of a resource that the operator has not looked at.
  public static Phase phaseOf(Restore restore) {
    RestoreStatus status = restore.getStatus();
    return status == null || status.phase() == null ? Phase.Pending : status.phase();
  }
}
