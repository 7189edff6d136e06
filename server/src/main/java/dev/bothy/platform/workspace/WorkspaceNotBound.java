package dev.bothy.platform.workspace;

/// A bug: code reached for the database, or asked for the current workspace, outside of
/// [Workspaces#inWorkspace] and [Workspaces#forInstallation].
public final class WorkspaceNotBound extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  WorkspaceNotBound(String message) {
    super(message);
  }
}
