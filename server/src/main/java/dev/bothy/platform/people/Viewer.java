package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import java.util.List;
import java.util.Set;

/// The signed-in person who looks at a page of a workspace. A controller's method under
/// `/w/{workspace}/…` takes one as an argument; whoever is no member of that workspace gets "not
/// found" before the method is called.
///
/// @param name as the identity provider shows it
/// @param workspace the workspace in the address
/// @param slug the workspace as the address names it
/// @param roles the person's roles in that workspace, never empty, read anew at each request
public record Viewer(
    PersonId person, String name, WorkspaceId workspace, String slug, Set<Role> roles) {
  /// The request attribute that holds the viewer of a page under `/w/{workspace}/…`.
  public static final String ATTRIBUTE = "dev.bothy.viewer";

  public Viewer {
    roles = Set.copyOf(roles);
  }

  /// Whether this person may do what any one of these roles may.
  public boolean may(Role... anyOf) {
    return roles.contains(Role.OWNER) || List.of(anyOf).stream().anyMatch(roles::contains);
  }

  /// Goes on if this person has one of these roles (or is an owner).
  ///
  /// @throws NotAllowed otherwise; the console answers it with a page that says who may
  public void require(Role... anyOf) {
    if (!may(anyOf)) {
      throw new NotAllowed(List.of(anyOf));
    }
  }
}
