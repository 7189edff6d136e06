package dev.bothy.platform.calendar.ical;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an iCalendar file into the occurrences of its events within a window.
///
/// ## What it takes
///
/// Lines folded or not, with CRLF, LF or CR, with or without a byte order mark; whole days, times
/// in UTC, in named zones and in none; `RRULE`, `RDATE`, `EXDATE`, and occurrences that were moved
/// or cancelled; zones with made-up names, if the file describes them.
///
/// ## What it leaves out
///
/// Whatever is no `VEVENT`, what is cancelled, and what takes no time at all. An event that it does
/// not understand, or that repeats without measure, is left out with a problem that says where; the
/// others are read.
///
/// ## What it refuses
///
/// A file that is no calendar, ends before its end, or is larger than the limits. Nothing of it is
/// read then, since a part of a calendar looks like one with fewer events.
public final class ICalendarReader {
  /// So many problems of one file are told.
  public static final int MOST_PROBLEMS = 50;

  private final ICalendarLimits limits;

  public ICalendarReader(ICalendarLimits limits) {
    this.limits = limits;
  }

  /// @param from begin of the window
  /// @param until its end, after `from`
  /// @param zone for days and for times without a zone, unless the file names one (`X-WR-TIMEZONE`)
  public ICalendarReading read(byte[] file, Instant from, Instant until, ZoneId zone) {
    if (file.length > limits.bytes()) {
      return new ICalendarReading.Refused(
          new ICalendarProblem(1, "It is larger than " + limits.bytes() + " bytes."));
    }
    Problems problems = new Problems(MOST_PROBLEMS);
    long begun = System.nanoTime();
    try {
      List<ICalendarEvent> events = new ArrayList<>();
      for (Component calendar : Component.read(new ContentLines(file), limits.events(), problems)) {
        Zones zones = new Zones(calendar, zone, utc(from).minusDays(1), utc(until).plusDays(1));
        for (Series series : series(calendar).values()) {
          events.addAll(series.occurrences(zones, from, until, limits.ofOneEvent(), problems));
          if (events.size() > limits.occurrences()) {
            throw new Refusal(
                calendar.line(),
                "Its events repeat more than " + limits.occurrences() + " times altogether.");
          }
          if (System.nanoTime() - begun > limits.patience().toNanos()) {
            throw new Refusal(calendar.line(), "It takes too long to read.");
          }
        }
      }
      events.sort(
          Comparator.comparing(ICalendarEvent::start)
              .thenComparing(ICalendarEvent::uid)
              .thenComparing(ICalendarEvent::occurrence));
      return new ICalendarReading.Read(events, problems.all());
    } catch (Refusal refusal) {
      return new ICalendarReading.Refused(refusal.problem());
    }
  }

  private static Map<String, Series> series(Component calendar) {
    Map<String, Series> series = new LinkedHashMap<>();
    calendar
        .parts("VEVENT")
        .forEach(event -> {
          String uid = uid(event);
          series.computeIfAbsent(uid, Series::new).add(event);
        });
    return series;
  }

  /// One without a UID is told by what it says: it has to be the same one when the file is read
  /// again.
  private static String uid(Component event) {
    ContentLine uid = event.property("UID");
    if (uid != null && !uid.value().isBlank()) {
      return uid.value().strip();
    }
    return hash(
        value(event.property("DTSTART"))
            + "\n"
            + value(event.property("DTEND"))
            + "\n"
            + value(event.property("SUMMARY")));
  }

  private static String value(@Nullable ContentLine line) {
    return line == null ? "" : line.value();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "no-uid-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java runtime", e);
    }
  }

  private static LocalDateTime utc(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
