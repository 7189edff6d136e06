package dev.bothy.preflight;

import java.time.Duration;
import java.time.Instant;

/// By how much two clocks differ, and what that means.
final class Drift {
  private static final Duration NOTED = Duration.ofSeconds(2);
  private static final Duration BORNE = Duration.ofSeconds(30);
  private static final double MILLIS = 1000;

  private Drift() {}

  /// @param ours read half-way between the question and the answer
  /// @param whose the other clock's owner, e.g. `PostgreSQL's`
  static Finding between(String check, Instant ours, Instant theirs, String whose) {
    Duration off = Duration.between(ours, theirs).abs();
    String message =
        "%s clock is %.1f s %s of this machine's"
            .formatted(whose, off.toMillis() / MILLIS, theirs.isAfter(ours) ? "ahead" : "behind");
    String fix = "Let both machines keep their time by NTP (chrony or systemd-timesyncd)";
    return off.compareTo(BORNE) > 0
        ? Finding.fail(check, message, fix)
        : off.compareTo(NOTED) > 0
            ? Finding.warn(check, message, fix)
            : Finding.pass(check, message);
  }

  static Instant halfWay(Instant before, Instant after) {
    return before.plus(Duration.between(before, after).dividedBy(2));
  }
}
