package dev.bothy.platform.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times of absences as people read them.
public final class AbsenceWords {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private AbsenceWords() {}

  /// From when to when: `Thu 24 Dec 2026`, `Thu 24 Dec 2026 to Sat 26 Dec 2026`, `Thu 24 Dec 2026,
  /// 13:00 to 17:00 (Europe/Berlin)`. Whole days of another zone are told by their times in this
  /// one.
  public static String of(Instant from, Instant to, boolean allDay, ZoneId zone) {
    LocalDate first = AbsenceTimes.day(from, zone);
    if (allDay && wholeDays(from, to, zone)) {
      LocalDate last = AbsenceTimes.day(to.minusNanos(1), zone);
      return first.equals(last) ? DAY.format(first) : DAY.format(first) + " to " + DAY.format(last);
    }
    boolean oneDay = first.equals(AbsenceTimes.day(to, zone));
    return TIME.format(from.atZone(zone))
        + " to "
        + (oneDay ? CLOCK : TIME).format(to.atZone(zone))
        + " ("
        + zone
        + ")";
  }

  /// Whether both are midnights of this zone.
  public static boolean wholeDays(Instant from, Instant to, ZoneId zone) {
    return AbsenceTimes.isMidnight(from, zone) && AbsenceTimes.isMidnight(to, zone);
  }
}
