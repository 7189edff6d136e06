package dev.bothy.platform.privacy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How long something is kept. A workspace sets each clock within bounds that the installation may
/// narrow; the standard values are those of the product's promise.
public enum RetentionClock {
  /// Text that people wrote, wherever it lies: no body of a delivery outlives it.
  MESSAGE_TEXT("message-text", "text of messages", 30, 1, 365),
  /// What an app did, with ids.
  EVENT_LOG("event-log", "event logs of apps", 365, 30, 365),
  /// That a network or a webhook delivered something, and when.
  DELIVERIES("deliveries", "deliveries and their timing", 90, 1, 90),
  /// What ended sessions, tokens and links leave behind.
  SESSIONS("sessions", "ended sessions and tokens", 90, 1, 90),
  /// Finished exports, until they can be downloaded no more.
  EXPORTS("exports", "finished exports", 7, 1, 30),
  /// The audit log.
  AUDIT("audit", "the audit log", 365, 90, 3650),
  /// What was deleted and can still be brought back.
  BIN("bin", "what was deleted", 14, 0, 30);

  private final String id;
  private final String words;
  private final Duration standard;
  private final Duration shortest;
  private final Duration longest;

  RetentionClock(String id, String words, int standard, int shortest, int longest) {
    this.id = id;
    this.words = words;
    this.standard = Duration.ofDays(standard);
    this.shortest = Duration.ofDays(shortest);
    this.longest = Duration.ofDays(longest);
  }

  /// Its name in the database, the settings, the API and the schema's comments.
  public String id() {
    return id;
  }

  /// What it removes, in words: `text of messages`.
  public String words() {
    return words;
  }

  /// Where the workspace says nothing; whole days.
  public Duration standard() {
    return standard;
  }

  /// No workspace may choose less; whole days.
  public Duration shortest() {
    return shortest;
  }

  /// No workspace may choose more; whole days.
  public Duration longest() {
    return longest;
  }

  /// The clock with this id, if there is one.
  public static Optional<RetentionClock> of(String id) {
    return Arrays.stream(values()).filter(clock -> clock.id.equals(id)).findFirst();
  }
}
