package dev.bothy.platform.people;

import java.util.Locale;

/// On whose word a member has a role. What somebody may do is what all of them say together.
public enum RoleSource {
  /// An owner or an admin gave it.
  GIVEN,
  /// A group of the ID token stands for it.
  SIGN_ON,
  /// The workspace's directory says so, by SCIM.
  DIRECTORY;

  /// The column that keeps them.
  String column() {
    return "roles_" + name().toLowerCase(Locale.ROOT);
  }
}
