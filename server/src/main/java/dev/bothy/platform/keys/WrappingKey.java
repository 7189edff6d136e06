package dev.bothy.platform.keys;

/// What a provider says of a key that wraps data keys.
///
/// @param provider `local-file` or `vault`
/// @param name what the provider calls it, e.g. `bothy-<workspace>-rotations` in Transit
/// @param latestVersion the version that wraps, 1 for the first
/// @param oldestVersion the oldest that still unwraps (Transit's `min_decryption_version`)
/// @param own whether it wraps for this owner alone, so that it can be rotated and destroyed
public record WrappingKey(
    String provider, String name, int latestVersion, int oldestVersion, boolean own) {}
