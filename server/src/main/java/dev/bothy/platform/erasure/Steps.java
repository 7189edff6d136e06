package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Instant;
import java.util.List;

/// How one kind of target is erased: steps with names, in order. Each step is done in transactions
/// of the workspace, one or many, and may be begun again after a crash.
interface Steps {
  /// `person`, `app` or `workspace`.
  String kind();

  /// The names of its steps; the first is the one that the ledger must know of before.
  List<String> names(ErasureTarget target);

  /// What the step needs outside of a transaction of the workspace. It may be called several times.
  default void prepare(WorkspaceId workspace, ErasureRow row) {}

  /// Does some of the step, in one transaction of the workspace.
  Progress run(ErasureRow row, Instant now);

  /// What became of it.
  sealed interface Progress {
    /// There is more of the same step.
    record More() implements Progress {}

    /// The step is done.
    record Next() implements Progress {}

    /// Something is missing that only time brings.
    ///
    /// @param why in words, 1 to 400 characters
    record Wait(String why) implements Progress {}

    /// The erasure is over and its row with it.
    record Gone() implements Progress {}
  }
}
