package dev.bothy.operator.backup;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// By what resources of backups find each other.
final class Labels {
  /// On a Job and its pod: the Backup.
  static final String BACKUP = "bothy.dev/backup";

  /// On a Backup: the schedule that made it.
  static final String SCHEDULE = "bothy.dev/schedule";

  private static final int LONGEST = 63;

  private Labels() {}

  /// A name as a label may have it.
  static String value(HasMetadata resource) {
    String name = resource.getMetadata().getName();
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST).replaceAll("[^A-Za-z0-9]+$", "");
  }
}
