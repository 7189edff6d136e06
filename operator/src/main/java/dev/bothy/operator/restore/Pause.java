package dev.bothy.operator.restore;

import java.time.Duration;
import java.time.Instant;

/// For how long what failed is left alone before it is tried again: half a minute, and twice as
/// long each time, up to five minutes.
final class Pause {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 4;

  private Pause() {}

  /// What is left of it; not positive once it is over.
  ///
  /// @param attempts how often it was tried, 1 or more
  static Duration left(int attempts, Instant failedAt, Instant now) {
    Duration whole = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    return Duration.between(now, failedAt.plus(whole.compareTo(LONGEST) > 0 ? LONGEST : whole));
  }
}
