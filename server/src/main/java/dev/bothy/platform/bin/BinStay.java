package dev.bothy.platform.bin;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long what an app had stays in the bin.
///
/// @param app a module id, or `workspace` for the workspace itself
/// @param days as it counts, within the bounds; 0 is gone within the hour
/// @param uninstalledDays the same for what the network ended
/// @param shortestDays the least that may be chosen
/// @param longestDays the most
/// @param changedAt when somebody chose; null while the workspace's clock counts
public record BinStay(
    String app,
    int days,
    int uninstalledDays,
    int shortestDays,
    int longestDays,
    @Nullable Instant changedAt) {
  /// What is gone an hour after the click has a quarter of it for the work.
  static final Duration WITHIN_THE_HOUR = Duration.ofMinutes(45);

  /// How long an item stays.
  Duration of(boolean uninstalled) {
    int counts = uninstalled ? uninstalledDays : days;
    return counts == 0 ? WITHIN_THE_HOUR : Duration.ofDays(counts);
  }
}
