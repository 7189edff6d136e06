package dev.bothy.platform.scim;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A group as a directory writes it, without its members.
///
/// @param externalId null if the directory gives none
/// @param version 1 for a new one, and one more with each change
record ScimGroup(
    UUID id,
    String displayName,
    @Nullable String externalId,
    boolean hasRoles,
    long version,
    Instant createdAt,
    Instant updatedAt) {}
