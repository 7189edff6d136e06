package dev.bothy.app.rotations.exchange;

import dev.bothy.app.rotations.plan.Assignment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Shifts as an iCalendar text (RFC 5545), for calendar programs that fetch it again and again.
///
/// - Each shift is an event with both its times in UTC, to the second: whoever reads it needs no
///   rules of time zones. It says "transparent": being on duty does not make a person busy.
/// - **The UID of an event is that of its place in the plan** (rotation, role, start), not of the
///   person: a shift that changes hands is the same event with another name, and does not appear
///   twice. Of several people in one place each has a UID of their own, in the order of their
///   accounts.
/// - Where nobody is on duty although somebody should be, a rotation's feed says so.
///
/// @param name what calendar programs call the feed
/// @param view whose feed it is
/// @param refresh how often a program may ask again; not below a minute
/// @param stamp when this state of the plan came to be; the same plan with the same stamp is the
///   same text, octet for octet
public record CalendarFeed(String name, View view, Duration refresh, Instant stamp) {
  /// Whose feed it is, which is what the events are called.
  public enum View {
    /// A rotation's: `Support desk: Ada`.
    ROTATION,
    /// A person's: `On duty: Support desk`.
    PERSON
  }

  public CalendarFeed {
    if (refresh.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("A feed is fetched once a minute at most");
    }
  }

  /// The feed with these shifts, in order of time.
  public String published(List<NamedShift> shifts) {
    return calendar("PUBLISH", shifts, "CONFIRMED");
  }

  /// A calendar that calls these shifts off, for a program that was sent them (RFC 5546 §3.2.5). A
  /// program that fetches the feed needs none: what is not in the feed is gone.
  public String cancelled(List<NamedShift> shifts) {
    return calendar("CANCEL", shifts, "CANCELLED");
  }

  private String calendar(String method, List<NamedShift> shifts, String status) {
    CalendarText text =
        new CalendarText()
            .line("BEGIN", "VCALENDAR")
            .line("VERSION", "2.0")
            .line("PRODID", "-//Bothy//Rotations//EN")
            .line("CALSCALE", "GREGORIAN")
            .line("METHOD", method)
            .words("NAME", name)
            .words("X-WR-CALNAME", name)
            .line("REFRESH-INTERVAL;VALUE=DURATION", refresh.toString())
            .line("X-PUBLISHED-TTL", refresh.toString());
    Map<String, Integer> taken = new HashMap<>();
    shifts.stream()
        .filter(CalendarFeed::lastsASecond)
        .sorted(
            Comparator.<NamedShift, Instant>comparing(shift -> shift.assignment().start())
                .thenComparing(CalendarFeed::place)
                .thenComparing(CalendarFeed::account)
                .thenComparing(shift -> shift.assignment().end())
                .thenComparing(this::summary))
        .forEach(shift -> {
          int number = taken.merge(place(shift), 1, Integer::sum);
          event(text, shift, number, status);
        });
    return text.line("END", "VCALENDAR").toString();
  }

  private void event(CalendarText text, NamedShift shift, int number, String status) {
    boolean cancelled = status.equals("CANCELLED");
    text.line("BEGIN", "VEVENT")
        .line("UID", uid(shift, number))
        .time("DTSTAMP", stamp)
        .time("DTSTART", shift.assignment().start())
        .time("DTEND", shift.assignment().end())
        .words("SUMMARY", summary(shift))
        .line("SEQUENCE", cancelled ? "1" : "0")
        .line("STATUS", status)
        .line("TRANSP", "TRANSPARENT")
        .line("END", "VEVENT");
  }

  private String summary(NamedShift shift) {
    String person = shift.person() == null ? "nobody" : shift.person();
    return switch (view) {
      case ROTATION -> shift.title() + ": " + person;
      case PERSON -> "On duty: " + shift.title();
    };
  }

  private static String uid(NamedShift shift, int number) {
    String place = number == 1 ? place(shift) : place(shift) + " " + number;
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)) + "@bothy";
  }

  private static String place(NamedShift shift) {
    Assignment assignment = shift.assignment();
    return shift.rotationId() + " " + assignment.start() + " " + assignment.role();
  }

  private static String account(NamedShift shift) {
    return shift.assignment().person() == null ? "" : shift.assignment().person().account();
  }

  private static boolean lastsASecond(NamedShift shift) {
    Assignment assignment = shift.assignment();
    return assignment
        .start()
        .truncatedTo(ChronoUnit.SECONDS)
        .isBefore(assignment.end().truncatedTo(ChronoUnit.SECONDS));
  }
}
