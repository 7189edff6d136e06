package dev.bothy.operator.restore;

import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillSpec;
import dev.bothy.operator.api.RestoreDrillStatus.Check;
import dev.bothy.operator.api.RestoreDrillStatus.Result;
import dev.bothy.operator.api.RestoreDrillStatus.Run;
import dev.bothy.operator.api.RestoreDrillStatus.Running;
import dev.bothy.operator.backup.Cron;
import dev.bothy.operator.backup.Cron.WrongSchedule;
import dev.bothy.operator.backup.DueTime;
import dev.bothy.operator.jobs.ToolReport;
import dev.bothy.operator.jobs.ToolReport.DrillFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// When a drill runs, how a run goes, and what all of them have shown. A run is on record before
/// its Job is begun, and a Job that was killed is followed by another one, up to three.
final class DrillMachine {
  static final int ATTEMPTS = 3;

  /// Older than this the newest good run proves nothing any more.
  static final Duration PROVES = Duration.ofDays(8);

  private static final String NEWEST = "newest";
  private static final String FAIL = "FAIL";
  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(5);

  /// A clock that jumps, or a machine that slept, is noticed so soon.
  private static final Duration LOOK = Duration.ofSeconds(10);

  /// What a run finds out about the backup, and would find out again.
  private static final Set<String> FINDINGS =
      Set.of(
          "WrongKey",
          "DamagedObject",
          "MissingPart",
          "OtherInstallation",
          "NewerSchema",
          "VerificationFailed",
          "DrillFailed",
          "NoBackup");

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'").withZone(ZoneOffset.UTC);

  private final RestoreDrillSpec spec;
  private final Instant created;
  private final DrillDraft draft;
  private final DrillSurroundings around;

  DrillMachine(RestoreDrill drill, DrillDraft draft, DrillSurroundings around) {
    this.spec = drill.getSpec();
    this.created = Instant.parse(drill.getMetadata().getCreationTimestamp());
    this.draft = draft;
    this.around = around;
  }

  /// @return when to look again
  Duration look() {
    Running running = draft.running();
    Duration again;
    if (running != null) {
      again = run(running);
      whenNext();
    } else {
      again = begin();
    }
    return again;
  }

  private Duration begin() {
    Optional<Cron> schedule = whenNext();
    if (schedule.isEmpty()) {
      return LOOK;
    }
    DueTime due =
        DueTime.at(
            draft.now(),
            schedule.get(),
            spec.rests(),
            spec.beginsAtOnce(),
            created,
            draft.scheduledFrom(),
            false);
    if (due.make().isEmpty()) {
      draft.scheduledFrom(due.dealtWith());
      judge(Optional.empty());
      return LOOK;
    }
    Optional<String> notNow = around.notNow();
    if (notNow.isPresent()) {
      // It stays due.
      judge(notNow);
      return LOOK;
    }
    draft.scheduledFrom(due.dealtWith());
    draft.begin(ID.format(due.make().get()));
    judge(Optional.empty());
    return AT_ONCE;
  }

  /// Says when the next run is; empty if the schedule is none, and that is said.
  private Optional<Cron> whenNext() {
    try {
      Cron cron =
          new Cron(
              Objects.requireNonNullElse(spec.schedule(), "0 4 * * 0"),
              Objects.requireNonNullElse(spec.timeZone(), "UTC"));
      draft.nextAt(spec.rests() ? null : cron.firstAfter(draft.now()));
      return Optional.of(cron);
    } catch (WrongSchedule e) {
      draft.nextAt(null);
      draft.proven(false, "WrongSchedule", "No drill runs: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Duration run(Running running) {
    if (running.attempt() == 1) {
      around.forgetBefore(running.id());
    }
    return switch (around.job(running.id(), running.attempt())) {
      case ToolRun.Running goesOn -> {
        draft.progress(goesOn.progress() == null ? goesOn.words() : goesOn.progress());
        judge(Optional.ofNullable(goesOn.words()));
        yield SOON;
      }
      case ToolRun.Done done -> {
        ToolReport report = done.report();
        yield report == null
            ? again(running, "Unfinished", "its report is lost", null, Duration.ZERO)
            : good(running, report);
      }
      case ToolRun.Failed failed -> {
        ToolReport report = failed.report();
        yield report != null && isFinding(report) || failed.again() == ToolRun.Again.NO_USE
            ? bad(running, failed.reason(), failed.message(), report)
            : again(
                running,
                failed.reason(),
                failed.message(),
                report,
                Pause.left(running.attempt(), failed.at(), draft.now()));
      }
    };
  }

  private static boolean isFinding(ToolReport report) {
    return FINDINGS.contains(report.reason()) || !failures(report).isEmpty();
  }

  private Duration again(
      Running running, String reason, String message, @Nullable ToolReport report, Duration pause) {
    if (running.attempt() >= ATTEMPTS) {
      return bad(running, reason, message, report);
    }
    if (pause.isPositive()) {
      judge(Optional.of("it is tried again: " + message));
      return SOON;
    }
    draft.nextAttempt(running);
    judge(Optional.of("it is tried again: " + message));
    return AT_ONCE;
  }

  private Duration good(Running running, ToolReport report) {
    if (!failures(report).isEmpty()) {
      return bad(running, "DrillFailed", report.message(), report);
    }
    String backup = backupOf(report);
    if (backup != null) {
      around.verified(backup, draft.now());
    }
    end(running, Result.Good, null, null, report);
    return LOOK;
  }

  private Duration bad(
      Running running, String reason, String message, @Nullable ToolReport report) {
    String failures =
        report == null
            ? ""
            : failures(report).stream()
                .map(check -> check.name() + ": " + check.message())
                .collect(Collectors.joining("; "));
    String all =
        failures.isEmpty() || message.contains(failures)
            ? message
            : message.isEmpty() ? failures : failures + "; " + message;
    end(running, Result.Failed, reason, all, report);
    return LOOK;
  }

  private void end(
      Running running,
      Result result,
      @Nullable String reason,
      @Nullable String message,
      @Nullable ToolReport report) {
    DrillFacts facts = report == null ? null : report.drill();
    draft.end(
        new Run(
            running.id(),
            draft.now().toString(),
            result,
            report == null ? null : backupOf(report),
            facts == null ? null : facts.seconds(),
            facts == null ? null : facts.evidence(),
            reason,
            message),
        facts == null
            ? List.of()
            : facts.checks().stream()
                .map(check -> new Check(check.name(), check.result(), check.message()))
                .toList());
    judge(Optional.empty());
  }

  private @Nullable String backupOf(ToolReport report) {
    if (report.backup() != null) {
      return report.backup().id();
    }
    // One whose manifest cannot be read is told by what was asked for.
    return spec.backup() == null || spec.backup().equals(NEWEST) ? null : spec.backup();
  }

  private static List<ToolReport.DrillCheck> failures(ToolReport report) {
    return report.drill() == null
        ? List.of()
        : report.drill().checks().stream().filter(check -> check.result().equals(FAIL)).toList();
  }

  /// What all runs together show.
  ///
  /// @param held what is in the way of a run that is due or has begun
  private void judge(Optional<String> held) {
    Optional<Run> last = draft.last();
    Optional<Instant> good = draft.lastGood();
    String but = held.map(what -> ". A run is due, but " + what).orElse("");
    if (last.isPresent() && last.get().result() == Result.Failed) {
      Run run = last.get();
      draft.proven(
          false,
          Objects.requireNonNullElse(run.reason(), "DrillFailed"),
          "%s does not restore: %s%s"
              .formatted(
                  run.backupId() == null ? "The backup" : "Backup " + run.backupId(),
                  run.message(),
                  but));
    } else if (good.isEmpty()) {
      draft.proven(false, "NoDrillYet", "No drill has proven a backup yet" + but);
    } else if (good.get().plus(PROVES).isBefore(draft.now())) {
      draft.proven(
          false,
          "Overdue",
          "The newest drill that proved a backup ended at %s, over eight days ago%s"
              .formatted(good.get(), but));
    } else {
      draft.proven(
          true,
          "Restored",
          last.map(run ->
                  "Backup %s was restored and worked, in %s seconds, at %s%s"
                      .formatted(run.backupId(), run.seconds(), run.endedAt(), but))
              .orElseThrow());
    }
  }
}
