package dev.bothy.platform.recovery.web;

import dev.bothy.platform.backup.Backups;
import dev.bothy.platform.backup.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A backup as the page shows it.
///
/// @param name what whoever asked for it calls it; null for none
/// @param age since its moment, in words
/// @param size of the tables, in words
/// @param stored what it takes in the store, in words
/// @param classes why it is kept: `daily`, `weekly`, `monthly`; empty for one that goes next
/// @param verifiedAt when it was last found good; null if it never was
record BackupLine(
    String id,
    @Nullable String name,
    Instant takenAt,
    String age,
    String size,
    String stored,
    long rows,
    int tables,
    String version,
    List<String> classes,
    @Nullable Instant verifiedAt) {
  private static final long KIB = 1024;
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

  static BackupLine of(Backups.Entry entry, Instant now) {
    Manifest manifest = entry.manifest();
    return new BackupLine(
        manifest.id(),
        manifest.name(),
        manifest.takenAt(),
        age(Duration.between(manifest.takenAt(), now)),
        size(manifest.bytes()),
        size(manifest.storedBytes()),
        manifest.rows(),
        manifest.tables().size(),
        manifest.version(),
        entry.classes().stream()
            .sorted()
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList(),
        entry.verifiedAt());
  }

  /// E.g. `3 days`.
  static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return "less than a minute";
    }
    if (age.toHours() < 1) {
      return counted(age.toMinutes(), "minute");
    }
    return age.toDays() < 2 ? counted(age.toHours(), "hour") : counted(age.toDays(), "day");
  }

  private static String counted(long count, String what) {
    return count == 1 ? "1 " + what : count + " " + what + "s";
  }

  /// E.g. `1.2 GiB`.
  static String size(long bytes) {
    if (bytes < KIB) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = -1;
    while (size >= KIB && unit < 3) {
      size /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS.get(unit));
  }
}
