package dev.bothy.platform.keymanagement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a new data key has come.
///
/// @param owner an app's module id, or `platform`
/// @param version of the new data key
/// @param total rows that older keys had sealed when it began
/// @param resealed rows that are sealed under the new key since; what was written meanwhile may
///   make it more than the total
/// @param unreadable rows that open with no key, which stay as they are
/// @param finishedAt null while it runs
/// @param droppedAt when the older data keys were forgotten; null before
public record ReencryptionProgress(
    UUID id,
    String owner,
    int version,
    Instant startedAt,
    long total,
    long resealed,
    long unreadable,
    @Nullable Instant finishedAt,
    @Nullable Instant droppedAt) {
  /// 0 to 100.
  public int percent() {
    return finishedAt != null || total == 0
        ? 100
        : (int) Math.min(99, (resealed + unreadable) * 100 / total);
  }
}
