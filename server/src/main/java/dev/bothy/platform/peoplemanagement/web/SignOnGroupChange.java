package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.people.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a change of a sign-on group has to be like.
final class SignOnGroupChange {
  static final String OWNERS_ONLY =
      "Nothing was changed: only an owner lets a group stand for owner, or changes one that does."
          + " Ask an owner of this workspace.";

  private static final int LONGEST = 200;

  private SignOnGroupChange() {}

  /// The group's name as it is kept: Keycloak writes a group's path with a leading `/`.
  static String name(String typed) {
    String name = typed.strip();
    return name.startsWith("/") ? name.substring(1) : name;
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.chars().noneMatch(Character::isISOControl);
  }

  /// What is wrong with it; null if nothing is.
  static @Nullable String problem(String typed, Set<Role> roles) {
    if (!isName(name(typed))) {
      return "Nothing was changed: a group's name has 1 to " + LONGEST + " characters on one line.";
    }
    return roles.isEmpty()
        ? "Nothing was changed: tick at least one role, or remove the group from the list."
        : null;
  }
}
