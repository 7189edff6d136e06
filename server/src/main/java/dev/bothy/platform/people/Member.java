package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A person's place in a workspace, as the workspace sees them.
///
/// @param name as the workspace's directory writes it, else as sign-on does; 1 to 200 characters
/// @param username likewise
/// @param email what the directory or sign-on sent, the customer's own record; null if none did
/// @param active false once their place has ended
/// @param deactivatedAt when it ended; null while it is active
/// @param endings on whose word; empty while it is active. Each of them has to give it back
/// @param roles what all sources say together; of a place that has ended, what it had last. Never
///   empty
/// @param rolesBySource every source has an entry, which may be empty
/// @param signedIn whether the person ever signed in
public record Member(
    PersonId person,
    String name,
    String username,
    @Nullable String email,
    boolean active,
    @Nullable Instant deactivatedAt,
    Set<Ended> endings,
    Set<Role> roles,
    Map<RoleSource, Set<Role>> rolesBySource,
    Instant createdAt,
    boolean signedIn) {
  /// How long a place that has ended can be given back with everything in it. Entra ID keeps a
  /// deleted user for 30 days (learn.microsoft.com/entra/fundamentals/users-restore); we keep less,
  /// since the rest of a bin is 14 days here.
  public static final Duration GRACE = Duration.ofDays(14);

  public Member {
    roles = Set.copyOf(roles);
    endings = Set.copyOf(endings);
    rolesBySource = Map.copyOf(rolesBySource);
  }

  /// The weightiest word by which the place has ended: the directory's, an admin's, sign-on's; null
  /// while it is active.
  public @Nullable Ended endedBy() {
    return Stream.of(Ended.DIRECTORY, Ended.ADMIN, Ended.SIGN_ON)
        .filter(endings::contains)
        .findFirst()
        .orElse(null);
  }

  /// Until when the place can be given back; null while it is active.
  public @Nullable Instant graceEndsAt() {
    return deactivatedAt == null ? null : deactivatedAt.plus(GRACE);
  }

  /// Whether a place with these roles decides about the workspace itself.
  public boolean isOwner() {
    return roles.contains(Role.OWNER);
  }
}
