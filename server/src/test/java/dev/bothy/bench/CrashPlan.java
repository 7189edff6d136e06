package dev.bothy.bench;

import java.time.Duration;
import java.util.List;

/// How a crash run goes.
///
/// @param deliveries how many the network has for us
/// @param kills how many times a server or PostgreSQL is killed meanwhile
/// @param conversations how many channels they are in; in each, the next is sent when the one
///   before was acknowledged or given up
/// @param rotationEvery each so manieth delivery makes a rotation, the others are messages
/// @param seed of what is random: who is killed when, and for how long it stays away
/// @param compression by how much the network's pauses between its retries are shortened
record CrashPlan(
    int deliveries, int kills, int conversations, int rotationEvery, long seed, int compression) {
  /// Slack waits so long for an acknowledgement, and comes again almost at once, after a minute and
  /// after five (docs.slack.dev/apis/events-api, "Retries").
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

  /// What comes again as a twin, to both servers at the same moment, is one in so many.
  static final int TWIN_EVERY = 25;

  /// The pauses before the retries, compressed.
  List<Duration> pauses() {
    return PAUSES.stream().map(pause -> pause.dividedBy(compression)).toList();
  }

  boolean makesRotation(int delivery) {
    return delivery % rotationEvery == rotationEvery - 1;
  }

  static String rotation(int delivery) {
    return "Crash-%06d".formatted(delivery);
  }
}
