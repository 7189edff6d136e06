package dev.bothy.platform.backup;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names a backup: when it was taken, in UTC, and six digits of chance, so that two of one second
/// differ. By name is by time.
///
/// @param value e.g. `20261127t021500z-3f9a1c`
public record BackupId(String value) implements Comparable<BackupId> {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{8}t[0-9]{6}z-[0-9a-f]{6}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT);
  private static final int CHANCE_BYTES = 3;

  /// @throws IllegalArgumentException if it has another shape
  public BackupId {
    if (!isOne(value)) {
      throw new IllegalArgumentException(
          "A backup is called like 20261127t021500z-3f9a1c, not " + value);
    }
  }

  /// Whether a backup could be called so.
  public static boolean isOne(String value) {
    if (!SHAPE.matcher(value).matches()) {
      return false;
    }
    try {
      time(value);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /// A new one.
  public static BackupId at(Instant takenAt) {
    byte[] chance = new byte[CHANCE_BYTES];
    new SecureRandom().nextBytes(chance);
    return new BackupId(
        TIME.format(takenAt.atOffset(ZoneOffset.UTC)) + "-" + HexFormat.of().formatHex(chance));
  }

  /// When it was taken, to the second.
  public Instant takenAt() {
    return time(value);
  }

  private static Instant time(String value) {
    return LocalDateTime.parse(value.substring(0, value.indexOf('-')), TIME)
        .toInstant(ZoneOffset.UTC);
  }

  /// Where its objects are in the store.
  String folder() {
    return Layout.BACKUPS + value + "/";
  }

  @Override
  public int compareTo(BackupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
