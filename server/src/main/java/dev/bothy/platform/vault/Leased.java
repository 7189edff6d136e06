package dev.bothy.platform.vault;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that Vault gave for a time.
///
/// @param data what it is; it holds secrets
/// @param life after which Vault takes it back; null if it did not lease it
record Leased(Map<String, Object> data, @Nullable Duration life) {
  Leased {
    // Not copyOf, which takes no null, and JSON may have one.
    data = Collections.unmodifiableMap(data);
  }

  /// @param answer as Vault gave it
  /// @param token how long the token lives that asked for it, since what it asked for ends with it;
  ///   zero is without end
  static Leased of(@Nullable Map<String, Object> answer, Duration token) {
    if (answer == null || !(answer.get("data") instanceof Map<?, ?> data)) {
      return new Leased(Map.of(), null);
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> held = (Map<String, Object>) data;
    boolean leased = answer.get("lease_id") instanceof String id && !id.isEmpty();
    if (!leased || !(answer.get("lease_duration") instanceof Number seconds)) {
      return new Leased(held, null);
    }
    Duration life = Duration.ofSeconds(seconds.longValue());
    return new Leased(held, token.isZero() || life.compareTo(token) < 0 ? life : token);
  }

  @Override
  public String toString() {
    return "Leased[life=" + life + "]";
  }
}
