package dev.bothy.platform.scim;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token of a directory's, without what it says.
///
/// @param lastUsedAt to the minute; null if it never was
public record DirectoryToken(
    UUID id, Instant createdAt, Instant expiresAt, @Nullable Instant lastUsedAt) {
  /// How long a new one lives: directories cannot renew theirs, so somebody does it once a year.
  public static final Duration LIFE = Duration.ofDays(365);

  /// How long the one before it goes on, from when there is a new one: time to paste that into the
  /// directory, and for a cycle of it to come through. Entra ID's come every 40 minutes
  /// (learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works).
  public static final Duration OVERLAP = Duration.ofDays(7);
}
