package dev.bothy.platform.audit;

import org.jspecify.annotations.Nullable;

/// From where something was done.
///
/// @param via `console`, `api`, `chat`, `scim`, `command` (of the program's command line) or
///   `system`; null in entries from before this was written down
/// @param address where the request came from, an IP address; null unless it was one to the
///   console, the API or SCIM, and once it was forgotten. Personal data
/// @param salt what the digest was made with, 32 hexadecimal digits; null where the address is
/// @param digest SHA-256 of the salt's bytes and the address, in hexadecimal; null where there
///   never was an address. It stays when the address is forgotten
public record Origin(
    @Nullable String via,
    @Nullable String address,
    @Nullable String salt,
    @Nullable String digest) {}
