package dev.bothy.platform.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One data key of a workspace, without the key.
///
/// @param owner an app's module id, or `platform`
/// @param version 1 for the owner's first; the highest that lives seals
/// @param provider which provider wrapped it
/// @param movedFrom the providers that had wrapped it before, the first one first
/// @param wrappingVersion the version of the provider's key that did
/// @param wrappedAt when it was wrapped last
/// @param state whether it can be used
/// @param destroyedAt null unless it is destroyed
public record DataKey(
    String owner,
    int version,
    String provider,
    List<String> movedFrom,
    int wrappingVersion,
    Instant createdAt,
    Instant wrappedAt,
    State state,
    @Nullable Instant destroyedAt) {
  /// Whether a data key can be used.
  public enum State {
    /// It seals or opens.
    LIVES,
    /// Nobody has it any more, and the provider is to destroy what could unwrap a backup's copy.
    BEING_DESTROYED,
    /// That has happened.
    DESTROYED
  }
}
