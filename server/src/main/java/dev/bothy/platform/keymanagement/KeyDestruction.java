package dev.bothy.platform.keymanagement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// That the keys of an owner are, or were, destroyed.
///
/// @param owner an app's module id, or `platform`
/// @param destroyedAt null while the provider has not done it yet
public record KeyDestruction(
    UUID id, String owner, Instant requestedAt, @Nullable Instant destroyedAt) {}
