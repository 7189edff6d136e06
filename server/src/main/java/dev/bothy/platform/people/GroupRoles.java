package dev.bothy.platform.people;

import java.util.EnumSet;
import java.util.Set;

/// Which roles a sign-in gives in the installation's first workspace.
final class GroupRoles {
  private GroupRoles() {}

  /// The roles that the groups stand for, and owner for the installation's first owner; empty when
  /// this person has no place in the workspace.
  static Set<Role> of(Claims claims, SignOnSettings signOn, InstallationSettings installation) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (claims.groups().contains(signOn.ownerGroup())
        || claims.isKnownAs(installation.firstOwner())) {
      roles.add(Role.OWNER);
    }
    if (claims.groups().contains(signOn.adminGroup())) {
      roles.add(Role.ADMIN);
    }
    if (claims.groups().contains(signOn.memberGroup())) {
      roles.add(Role.MEMBER);
    }
    return roles;
  }
}
