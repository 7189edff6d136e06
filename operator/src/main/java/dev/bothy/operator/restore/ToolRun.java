package dev.bothy.operator.restore;

import dev.bothy.operator.jobs.ServerJobs.State;
import dev.bothy.operator.jobs.ToolReport;
import dev.bothy.operator.jobs.ToolReport.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How far a Job of one of the server's tools is, with what it reported.
sealed interface ToolRun {
  /// @param words what it does, or what keeps its pod from coming up; null if it only needs time
  /// @param progress as the tool says it; null if it has not said anything
  record Running(@Nullable String words, @Nullable String progress) implements ToolRun {}

  /// It came to a good end.
  ///
  /// @param report null if its pod is gone, and with it what it said
  record Done(@Nullable ToolReport report) implements ToolRun {}

  /// @param report null if it was killed, or never came so far
  /// @param reason one word
  /// @param message for people
  /// @param again whether trying again may help
  record Failed(@Nullable ToolReport report, String reason, String message, Instant at, Again again)
      implements ToolRun {}

  /// Whether trying again may help.
  enum Again {
    /// It may.
    MAY_HELP,
    /// It will, as soon as somebody else is done.
    LATER,
    /// It does not.
    NO_USE
  }

  /// What the reason is of a tool that gave none.
  String UNFINISHED = "Unfinished";

  /// What lasts until somebody else is done.
  Set<String> PASSING = Set.of("ServersRunning", "RestoreRunning", "BackupRunning");

  /// How the tools end that refuse.
  int REFUSED = 3;

  /// @param progress asked only while it runs
  static ToolRun of(State state, Supplier<@Nullable String> progress) {
    return switch (state) {
      case State.Running running ->
          new Running(
              running.trouble().orElse(null),
              running.trouble().isPresent() ? null : progress.get());
      case State.Succeeded succeeded -> new Done(ToolReport.read(succeeded.report()).orElse(null));
      case State.Failed failed -> failed(failed);
    };
  }

  private static Failed failed(State.Failed failed) {
    Optional<ToolReport> report = ToolReport.read(failed.report());
    boolean refused =
        report.map(each -> each.outcome() == Outcome.REFUSED).orElse(false)
            || failed.exitCode().equals(OptionalInt.of(REFUSED));
    String reason =
        report.map(ToolReport::reason).filter(word -> !word.isEmpty()).orElse(UNFINISHED);
    Again again = !refused ? Again.MAY_HELP : PASSING.contains(reason) ? Again.LATER : Again.NO_USE;
    return new Failed(
        report.orElse(null),
        reason,
        report.map(ToolReport::message).filter(words -> !words.isEmpty()).orElse(failed.report()),
        failed.at(),
        again);
  }
}
