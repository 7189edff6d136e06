package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import dev.bothy.platform.people.Sessions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody's place, for programs.
@Schema(name = "Person", description = "Somebody's place in the workspace.")
record PersonDocument(
    UUID id,
    String name,
    String username,
    @Schema(description = "Null if neither directory nor sign-on sent one.") @Nullable String email,
    boolean active,
    @Schema(description = "Null while the place is active.") @Nullable Instant deactivatedAt,
    @Schema(description = "On whose word; null while the place is active.") @Nullable Ended endedBy,
    @Schema(description = "Until when it can be given back; null while it is active.")
        @Nullable Instant graceEndsAt,
    @Schema(description = "What all sources say together.") List<Role> roles,
    @Schema(description = "Given here, by an owner or admin.") List<Role> given,
    @Schema(description = "By groups of the sign-on.") List<Role> bySignOn,
    @Schema(description = "By the directory.") List<Role> byDirectory,
    @Schema(description = "Whether they ever signed in.") boolean signedIn,
    Instant createdAt) {

  static PersonDocument of(Member member) {
    return new PersonDocument(
        member.person().value(),
        member.name(),
        member.username(),
        member.email(),
        member.active(),
        member.deactivatedAt(),
        member.endedBy(),
        member.graceEndsAt(),
        sorted(member.roles()),
        from(member, RoleSource.GIVEN),
        from(member, RoleSource.SIGN_ON),
        from(member, RoleSource.DIRECTORY),
        member.signedIn(),
        member.createdAt());
  }

  private static List<Role> from(Member member, RoleSource source) {
    return sorted(member.rolesBySource().getOrDefault(source, Set.of()));
  }

  static List<Role> sorted(Set<Role> roles) {
    return roles.stream().sorted().toList();
  }

  /// A signed-in browser.
  @Schema(name = "Session", description = "A signed-in browser.")
  record SessionDocument(
      UUID id,
      @Schema(description = "E.g. `Firefox on Linux`; null if it did not say.")
          @Nullable String client,
      @Schema(description = "Whether it was opened by a break-glass code.") boolean emergency,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {
    static SessionDocument of(Sessions.Session session) {
      return new SessionDocument(
          session.id(),
          session.client(),
          session.emergency(),
          session.createdAt(),
          session.lastSeenAt(),
          session.expiresAt());
    }
  }
}
