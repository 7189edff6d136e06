package dev.bothy.bench;

import java.util.Arrays;

/// How long each of many requests took.
final class Latencies {
  private final long[] sorted;

  /// @param nanoseconds one for each request, in any order
  Latencies(long[] nanoseconds) {
    sorted = nanoseconds.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /// The time within which this share of the requests was answered, in milliseconds; 0 if there was
  /// none.
  ///
  /// @param share 0 to 1, e.g. 0.99
  double milliseconds(double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(place, 0, sorted.length - 1)] / 1e6;
  }
}
