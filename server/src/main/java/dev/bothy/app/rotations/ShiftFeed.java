package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An address at which calendar programs read shifts, without the address.
///
/// @param person who made it; with their place it stops
/// @param rotation whose shifts; null for all shifts of the person
/// @param lastReadAt to some minutes; null if it never was
public record ShiftFeed(
    UUID id,
    PersonId person,
    @Nullable UUID rotation,
    Instant createdAt,
    @Nullable Instant lastReadAt) {}
