package dev.bothy.operator.restore;

import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreSpec;
import dev.bothy.operator.api.RestoreStatus.Phase;
import dev.bothy.operator.jobs.ToolReport;
import dev.bothy.operator.restore.Surroundings.Saving;
import dev.bothy.operator.restore.Surroundings.Standing;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A restore's way from phase to phase. Each look does what the phase asks for and at most goes to
/// the next one, which is on record before anything is done in it: whoever looks next, and however
/// the one before ended, finds where it is, and the Jobs by their names.
final class RestoreMachine {
  /// So often loading is tried, unless it is in somebody's way.
  static final int ATTEMPTS = 3;

  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(15);

  private final Restore restore;
  private final RestoreSpec spec;
  private final RestoreDraft draft;
  private final Surroundings around;

  RestoreMachine(Restore restore, RestoreDraft draft, Surroundings around) {
    this.restore = restore;
    this.spec = restore.getSpec();
    this.draft = draft;
    this.around = around;
  }

  /// @return when to look again; empty once it is over
  Optional<Duration> look() {
    return switch (draft.phase()) {
      case Pending -> Optional.of(pending());
      case Checking -> Optional.of(checking());
      case SavingPresent -> Optional.of(savingPresent());
      case Stopping -> Optional.of(stopping());
      case Restoring -> Optional.of(restoring());
      case RollingBack -> Optional.of(rollingBack());
      case Starting -> Optional.of(starting());
      case Held -> Optional.of(held());
      case Released, Failed, RolledBack, Superseded -> Optional.empty();
    };
  }

  private Duration pending() {
    Optional<String> first = around.firstInLine();
    if (first.isPresent()) {
      draft.says(
          "AnotherRestore",
          "Restore %s comes first; this one begins when that is over".formatted(first.get()));
      return SOON;
    }
    return switch (around.standing()) {
      case Standing.Unready unready -> {
        draft.says(unready.reason(), unready.message());
        yield SOON;
      }
      case Standing.Present present -> check();
      case Standing.Empty empty -> check();
    };
  }

  private Duration check() {
    around.forgetGone();
    draft.enter(
        Phase.Checking, "Checking", "It is checked whether the backup can be restored here");
    return AT_ONCE;
  }

  private Duration checking() {
    return switch (around.job(RestoreStep.CHECK, draft.attempt(), null)) {
      case ToolRun.Running running ->
          goesOn(running, "Checking", "It is checked whether the backup can be restored here");
      case ToolRun.Done done -> {
        ToolReport report = done.report();
        if (report == null || report.backup() == null) {
          // Only it knew which one was chosen.
          yield draft.attempt() >= ATTEMPTS
              ? untouched("Unfinished", "The check's report was lost again and again")
              : tryAgain("CheckFailed", "The check's report is lost", Duration.ZERO);
        }
        draft.backup(report.backup());
        yield checked();
      }
      case ToolRun.Failed failed -> {
        if (failed.report() != null && failed.report().backup() != null) {
          draft.backup(failed.report().backup());
        }
        yield failed.again() == ToolRun.Again.NO_USE || isLast(failed)
            ? untouched(failed.reason(), "The check failed: " + failed.message())
            : pauseThenAgain(failed, "CheckFailed", "The check failed");
      }
    };
  }

  private Duration checked() {
    boolean present =
        switch (around.standing()) {
          case Standing.Present here -> true;
          case Standing.Unready unready -> true;
          case Standing.Empty empty -> false;
        };
    if (present && spec.savesFirst()) {
      draft.safetyBackup(safetyName());
      draft.enter(
          Phase.SavingPresent,
          "SavingPresent",
          "What is there now is backed up first, as Backup " + safetyName());
    } else {
      stop();
    }
    return AT_ONCE;
  }

  private Duration savingPresent() {
    String name = safetyName();
    return switch (around.saving(name)) {
      case Saving.Running running -> {
        draft.progress(running.words());
        draft.says(
            "SavingPresent", "What is there now is backed up first, as Backup %s".formatted(name));
        yield SOON;
      }
      case Saving.Done done -> {
        stop();
        yield AT_ONCE;
      }
      case Saving.Failed failed ->
          untouched(
              "SafetyBackupFailed",
              ("What is there now could not be backed up first: %s. If it is not worth keeping,"
                      + " make another Restore with spec.safetyBackup: false")
                  .formatted(failed.why()));
    };
  }

  private void stop() {
    draft.enter(Phase.Stopping, "Stopping", "Servers are stopped");
  }

  private Duration stopping() {
    Optional<String> still = around.stillRuns();
    if (still.isPresent()) {
      draft.says("Stopping", "Waits for what still uses the database: " + still.get());
      return SOON;
    }
    draft.enter(Phase.Restoring, "Restoring", loads());
    return AT_ONCE;
  }

  private Duration restoring() {
    return switch (around.job(RestoreStep.LOAD, draft.attempt(), draft.backupId())) {
      case ToolRun.Running running -> goesOn(running, "Restoring", loads());
      case ToolRun.Done done -> {
        draft.restored("The data are those of backup " + draft.backupId());
        draft.enter(Phase.Starting, "Starting", "Servers start on what was restored");
        yield AT_ONCE;
      }
      case ToolRun.Failed failed -> {
        if (failed.again() == ToolRun.Again.NO_USE || isLast(failed)) {
          draft.notRestored(failed.reason(), failed.message());
          draft.enter(Phase.RollingBack, failed.reason(), puttingBack(failed.message()));
          yield AT_ONCE;
        }
        yield pauseThenAgain(failed, failed.reason(), "Loading failed");
      }
    };
  }

  /// It cannot be given up: no server starts before it is done, or refuses for good.
  private Duration rollingBack() {
    String reason = draft.notRestored().map(Condition::getReason).orElse("RollingBack");
    String why = draft.notRestored().map(Condition::getMessage).orElse("loading failed");
    return switch (around.job(RestoreStep.UNDO, draft.attempt(), draft.backupId())) {
      case ToolRun.Running running -> goesOn(running, reason, puttingBack(why));
      case ToolRun.Done done -> {
        draft.enter(
            Phase.RolledBack,
            reason,
            "It was not restored, and what was there before is there again: " + why);
        yield AT_ONCE;
      }
      case ToolRun.Failed failed -> {
        if (failed.again() == ToolRun.Again.NO_USE) {
          draft.enter(
              Phase.Failed,
              failed.reason(),
              ("It was not restored (%s), and what was there before could not be put back: %s."
                      + " Servers refuse to start on what is half loaded; restore again, or see"
                      + " docs/how-to/restore.md")
                  .formatted(why, failed.message()));
          yield AT_ONCE;
        }
        yield pauseThenAgain(failed, failed.reason(), "Putting back failed (" + why + ")");
      }
    };
  }

  private Duration starting() {
    if (superseded()) {
      return AT_ONCE;
    }
    Optional<String> not = around.notServing();
    if (not.isPresent()) {
      draft.says("Starting", "Servers start on what was restored: " + not.get());
      return SOON;
    }
    draft.enter(Phase.Held, "Held", holds());
    return AT_ONCE;
  }

  private Duration held() {
    if (superseded()) {
      return AT_ONCE;
    }
    Optional<String> other = around.standstillForAnother();
    if (other.isPresent()) {
      draft.says("Held", "Restore %s replaces what was restored here".formatted(other.get()));
      return SOON;
    }
    if (!spec.saysGo()) {
      if (around.isReleased()) {
        draft.enter(Phase.Released, "Released", "Somebody said go at the console");
        return AT_ONCE;
      }
      draft.says("Held", holds());
      return LATER;
    }
    return switch (around.job(RestoreStep.RELEASE, draft.attempt(), null)) {
      case ToolRun.Running running -> goesOn(running, "Releasing", "Servers are told to go on");
      case ToolRun.Done done -> {
        draft.enter(Phase.Released, "Released", "Servers handle and send again");
        yield AT_ONCE;
      }
      case ToolRun.Failed failed ->
          pauseThenAgain(failed, failed.reason(), "Servers could not be told to go on");
    };
  }

  private boolean superseded() {
    Optional<String> successor = around.successor();
    successor.ifPresent(name ->
        draft.enter(
            Phase.Superseded,
            "Superseded",
            "Restore %s has taken the place of what was restored here".formatted(name)));
    return successor.isPresent();
  }

  /// Whether a failure was the last that is put up with.
  private boolean isLast(ToolRun.Failed failed) {
    return failed.again() == ToolRun.Again.MAY_HELP && draft.attempt() >= ATTEMPTS;
  }

  private Duration goesOn(ToolRun.Running running, String reason, String message) {
    draft.progress(running.progress());
    draft.says(reason, running.words() == null ? message : message + "; " + running.words());
    return SOON;
  }

  private Duration pauseThenAgain(ToolRun.Failed failed, String reason, String what) {
    return tryAgain(
        reason,
        "%s and is tried again: %s".formatted(what, failed.message()),
        Pause.left(draft.attempt(), failed.at(), draft.now()));
  }

  private Duration tryAgain(String reason, String message, Duration pause) {
    draft.says(reason, message);
    if (pause.isPositive()) {
      return pause.compareTo(SOON) < 0 ? pause : SOON;
    }
    draft.nextAttempt();
    return AT_ONCE;
  }

  private Duration untouched(String reason, String message) {
    draft.notRestored(reason, message);
    draft.enter(Phase.Failed, reason, message + ". Nothing was changed");
    return AT_ONCE;
  }

  private String loads() {
    return "Backup %s is loaded; no server runs".formatted(draft.backupId());
  }

  private static String puttingBack(String why) {
    return "It was not restored, and what was there before is put back: " + why;
  }

  private String holds() {
    return ("Servers run on backup %s and take in, but handle and send nothing. Look at it, then say"
            + " go at the console, or: kubectl patch restore %s --type merge -p"
            + " '{\"spec\":{\"release\":true}}'")
        .formatted(draft.backupId(), restore.getMetadata().getName());
  }

  /// Of the Backup of what is there.
  private String safetyName() {
    return safetyName(Objects.requireNonNull(restore.getMetadata().getName()));
  }

  static String safetyName(String restore) {
    String name = "before-" + restore;
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /// Of what Jobs and pods are named after.
  private static final int LONGEST_NAME = 253;
}
