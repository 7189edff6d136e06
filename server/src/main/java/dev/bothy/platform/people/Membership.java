package dev.bothy.platform.people;

import dev.bothy.platform.kernel.WorkspaceId;
import java.util.Set;

/// A person's place in a workspace.
///
/// @param roles never empty
public record Membership(WorkspaceId workspace, Set<Role> roles) {
  public Membership {
    roles = Set.copyOf(roles);
  }
}
