package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Roles as pages explain them.
final class RoleWords {
  private RoleWords() {}

  /// A role of somebody's, and on whose word they have it.
  ///
  /// @param from never empty
  record Held(String label, List<String> from) {}

  /// A role that can be ticked.
  ///
  /// @param value as the form sends it
  /// @param allowed whether the viewer may tick or untick it
  /// @param elsewhere on whose word the person has it besides; empty if on nobody's
  record Choice(
      String value,
      String label,
      String words,
      boolean ticked,
      boolean allowed,
      List<String> elsewhere) {}

  /// What a member's roles are, the mightiest first.
  static List<Held> held(Member member) {
    return Arrays.stream(Role.values())
        .filter(member.roles()::contains)
        .map(role ->
            new Held(
                role.label(),
                Arrays.stream(RoleSource.values())
                    .filter(source -> has(member, source, role))
                    .map(RoleWords::source)
                    .toList()))
        .toList();
  }

  /// What can be given to a member.
  static List<Choice> choices(Member member, Set<Role> ticked, boolean byOwner) {
    return Arrays.stream(Role.values())
        .map(role ->
            choice(
                role,
                ticked,
                byOwner,
                Arrays.stream(RoleSource.values())
                    .filter(source -> source != RoleSource.GIVEN && has(member, source, role))
                    .map(RoleWords::source)
                    .toList()))
        .toList();
  }

  /// What a group can stand for.
  static List<Choice> choices(Set<Role> ticked, boolean byOwner) {
    return Arrays.stream(Role.values())
        .map(role -> choice(role, ticked, byOwner, List.of()))
        .toList();
  }

  /// On whose word, in one or two words.
  static String source(RoleSource source) {
    return switch (source) {
      case GIVEN -> "given";
      case SIGN_ON -> "sign-on";
      case DIRECTORY -> "directory";
    };
  }

  private static Choice choice(
      Role role, Set<Role> ticked, boolean byOwner, List<String> elsewhere) {
    return new Choice(
        role.name(),
        role.label(),
        words(role),
        ticked.contains(role),
        role != Role.OWNER || byOwner,
        elsewhere);
  }

  private static boolean has(Member member, RoleSource source, Role role) {
    return member.rolesBySource().getOrDefault(source, Set.of()).contains(role);
  }

  private static String words(Role role) {
    return switch (role) {
      case OWNER ->
          "Decides about the workspace itself: its owners, its keys, its erasure. May do whatever"
              + " any other role may.";
      case ADMIN ->
          "Runs the workspace: connections, settings, people's roles below owner, the audit log.";
      case MANAGER ->
          "Sees another person's own data where an app offers that. Each such view is in the audit"
              + " log and on that person's profile.";
      case AGENT -> "Answers other people's requests.";
      case MEMBER -> "Takes part: sees what belongs to teams, and their own data.";
      case AUDITOR -> "Reads the audit log and this list, and changes nothing.";
    };
  }
}
