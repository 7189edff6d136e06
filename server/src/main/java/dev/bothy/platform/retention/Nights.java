package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// When a workspace is swept: every night at a time of its own, spread over four hours.
///
/// @param hour the first, in UTC
record Nights(int hour) {
  private static final Duration SPREAD = Duration.ofHours(4);

  /// The last time that this workspace's turn came, at this instant or before it.
  Instant last(WorkspaceId workspace, Instant now) {
    long later = Math.floorMod(workspace.value().hashCode(), SPREAD.toSeconds());
    Instant today =
        now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(hour)).plusSeconds(later);
    // An evening's hour may spread past midnight.
    while (today.isAfter(now)) {
      today = today.minus(Duration.ofDays(1));
    }
    return today;
  }

  /// The next time that its turn comes.
  Instant next(WorkspaceId workspace, Instant now) {
    return last(workspace, now).plus(Duration.ofDays(1));
  }
}
