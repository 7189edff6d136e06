package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a token of somebody's programs; never the token.
///
/// @param name what its owner calls it, 1 to 80 characters
/// @param scopes what it is for, e.g. `rotations:read`; what its owner's roles do not allow, it
///   does not allow either
/// @param lastUsedAt to the minute; null if it never was
/// @param revokedAt null unless it was revoked
public record ApiToken(
    UUID id,
    PersonId person,
    String name,
    SortedSet<String> scopes,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {
  public ApiToken {
    scopes = new TreeSet<>(scopes);
  }
}
