package dev.bothy.platform.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Which backups are kept, and why: the newest of each of the last days, weeks and months that have
/// any. It counts days that have backups rather than days of the calendar, so that neither a clock
/// that runs ahead nor a month without backups makes it throw away what is there.
///
/// @param daily for how many days
/// @param weekly for how many weeks, as ISO 8601 counts them
/// @param monthly for how many months
public record Retention(int daily, int weekly, int monthly) {
  /// Why a backup is kept.
  public enum BackupClass {
    Daily,
    Weekly,
    Monthly;

    /// Its first letter.
    public char letter() {
      return name().charAt(0);
    }
  }

  /// @param all of one installation
  /// @return each of them, newest first, with its classes; those without any are to go
  public SortedMap<BackupId, Set<BackupClass>> classes(Collection<BackupId> all) {
    return classes(all, Instant.MAX);
  }

  /// @param all of one installation
  /// @param now what is later was taken while a clock ran ahead: it stays, and takes nobody's place
  /// @return each of them, newest first, with its classes; those without any are to go
  public SortedMap<BackupId, Set<BackupClass>> classes(Collection<BackupId> all, Instant now) {
    SortedMap<BackupId, Set<BackupClass>> classes = new TreeMap<>(Comparator.reverseOrder());
    List<BackupId> newestFirst = new ArrayList<>();
    for (BackupId backup : new TreeSet<>(all).descendingSet()) {
      boolean ahead = backup.takenAt().isAfter(now);
      classes.put(
          backup, ahead ? EnumSet.of(BackupClass.Daily) : EnumSet.noneOf(BackupClass.class));
      if (!ahead) {
        newestFirst.add(backup);
      }
    }
    keep(classes, newestFirst, BackupClass.Daily, Math.max(1, daily), day -> day);
    keep(classes, newestFirst, BackupClass.Weekly, weekly, Retention::week);
    keep(
        classes,
        newestFirst,
        BackupClass.Monthly,
        monthly,
        day -> day.getYear() + "-" + day.getMonthValue());
    return classes;
  }

  private static void keep(
      SortedMap<BackupId, Set<BackupClass>> classes,
      List<BackupId> newestFirst,
      BackupClass kept,
      int count,
      Function<LocalDate, Object> period) {
    Set<Object> seen = new HashSet<>();
    for (BackupId backup : newestFirst) {
      Object of = period.apply(LocalDate.ofInstant(backup.takenAt(), ZoneOffset.UTC));
      if (seen.size() < count && seen.add(of)) {
        Objects.requireNonNull(classes.get(backup)).add(kept);
      }
    }
  }

  private static String week(LocalDate day) {
    return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }
}
