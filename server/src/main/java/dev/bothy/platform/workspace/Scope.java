package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.WorkspaceId;

/// What the database work of the current thread may reach.
sealed interface Scope {
  ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  /// The rows of one workspace.
  record OfWorkspace(WorkspaceId id) implements Scope {}

  /// The few tables without a workspace and the functions that cross workspaces.
  record OfInstallation() implements Scope {}
}
