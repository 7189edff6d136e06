package dev.bothy.cluster;

import java.time.Duration;

/// What a run took, for whoever reads its output; nothing is asserted about it.
final class Measured {
  private Measured() {}

  static void say(String what, Duration took) {
    System.err.printf("MEASURED %s: %.1f s%n", what, took.toMillis() / 1000.0);
  }

  /// @param processor seconds of a processor's time
  static void operator(double residentBytes, double processor, Duration during) {
    System.err.printf(
        "MEASURED operator: %.0f MiB resident, %.1f s of processor in %.0f s%n",
        residentBytes / (1024 * 1024), processor, during.toMillis() / 1000.0);
  }
}
