package dev.bothy.platform.chatlinks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A link as it is stored.
///
/// @param endedAt when the person's place ended; null while they have it
public record ChatLink(
    LinkedAccount linked, LinkedBy by, Instant linkedAt, @Nullable Instant endedAt) {
  /// Whether the person has their place.
  public boolean active() {
    return endedAt == null;
  }
}
