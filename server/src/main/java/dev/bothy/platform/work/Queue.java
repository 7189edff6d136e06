package dev.bothy.platform.work;

import java.util.Locale;

/// The three queues; the order is the one in which a transaction locks their lanes.
enum Queue {
  INBOX,
  OUTBOX,
  SCHEDULE;

  /// The name in the database and in metrics.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The queue with this name in the database.
  static Queue ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
