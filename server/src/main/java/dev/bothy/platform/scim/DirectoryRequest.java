package dev.bothy.platform.scim;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that a directory sent.
///
/// @param path without ids and values, e.g. `/Users/{id}`
/// @param error in words; null if it was done
public record DirectoryRequest(
    Instant at, String method, String path, int status, @Nullable String error, Duration took) {}
