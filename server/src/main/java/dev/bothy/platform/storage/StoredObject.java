package dev.bothy.platform.storage;

import java.time.Instant;

/// What a list says of an object.
///
/// @param key below the store's prefix, as it was put
/// @param modifiedAt when it was put, by the store's own clock
public record StoredObject(String key, long bytes, Instant modifiedAt) {}
