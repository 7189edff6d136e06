package dev.bothy.app.rotations.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Calendars in which somebody is on duty in days to come.
final class Events {
  private Events() {}

  /// A midnight in UTC: 0 is the next.
  static Instant day(int number) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(number + 1L));
  }

  static String calendar(List<String> events) {
    return "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Desk\n"
        + String.join("", events)
        + "END:VCALENDAR\n";
  }

  static String event(String who, Instant start, Instant end) {
    return """
    BEGIN:VEVENT
    UID:%s
    DTSTAMP:20260101T000000Z
    DTSTART:%s
    DTEND:%s
    SUMMARY:%s
    END:VEVENT
    """
        .formatted(who + start, stamp(start), stamp(end), who);
  }

  private static String stamp(Instant at) {
    return at.toString().replaceAll("[-:]", "");
  }
}
