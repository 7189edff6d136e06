package dev.bothy.testkit;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.util.UUID;

/// Workspaces of a test's own.
public final class TestWorkspaces {
  private TestWorkspaces() {}

  /// A new workspace that no other test uses.
  public static Workspace fresh(Workspaces workspaces) {
    String slug = "t-" + UUID.randomUUID().toString().substring(0, 13);
    return workspaces.create(slug, "Workspace " + slug);
  }
}
