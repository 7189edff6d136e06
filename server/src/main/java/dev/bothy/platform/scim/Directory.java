package dev.bothy.platform.scim;

import dev.bothy.platform.people.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// A directory that provisions a workspace's people.
///
/// @param name as people read it, 1 to 80 characters; no other of the workspace has it
/// @param defaultRoles what each of its users has, never empty, never owner
public record Directory(UUID id, String name, Set<Role> defaultRoles, Instant createdAt) {
  /// The longest name, in characters.
  public static final int LONGEST_NAME = 80;

  public Directory {
    defaultRoles = Set.copyOf(defaultRoles);
  }
}
