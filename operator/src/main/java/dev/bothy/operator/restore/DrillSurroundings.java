package dev.bothy.operator.restore;

import java.time.Instant;
import java.util.Optional;

/// What a drill sees around itself, and what it brings about there. Everything may be asked for
/// again.
interface DrillSurroundings {
  /// Why no run can begin now, in words; empty if one can.
  Optional<String> notNow();

  /// The Job of a run, which is begun if it was not.
  ///
  /// @param run the run's id
  /// @param attempt from 1
  ToolRun job(String run, int attempt);

  /// Takes away what the runs before this one left.
  void forgetBefore(String run);

  /// The backup was restored, and all of it was well.
  void verified(String backupId, Instant at);
}
