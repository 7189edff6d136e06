package dev.bothy.platform.operation;

import dev.bothy.platform.kernel.WorkspaceId;
import java.util.List;

/// A module's word on how its parts are doing. Every bean of this type is asked for the console's
/// home page.
public interface HealthReporter {
  /// The parts as this workspace's people should see them. Called outside of any transaction, on a
  /// request's thread: it answers within 2 seconds, and reports a part that does not answer as
  /// [PartHealth.State#DOWN] instead of throwing.
  List<PartHealth> report(WorkspaceId workspace);
}
