package dev.bothy.app.rotations.exchange;

import dev.bothy.platform.calendar.ical.ICalendarEvent;
import dev.bothy.platform.calendar.ical.ICalendarLimits;
import dev.bothy.platform.calendar.ical.ICalendarProblem;
import dev.bothy.platform.calendar.ical.ICalendarReader;
import dev.bothy.platform.calendar.ical.ICalendarReading;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An iCalendar file whose events say who is on duty: the calendar that PagerDuty, Opsgenie or
/// Grafana OnCall publish, our own, or one that somebody keeps by hand. It becomes single shifts,
/// since a calendar does not say whose turn comes next; and turns, if these are exactly its events.
///
/// Who it is: the attendees; else the address in the title; else what is left of the title without
/// the words that these products put around a name.
final class CalendarFile {
  /// Events that repeat without an end are taken for so long.
  static final Duration HORIZON = Duration.ofDays(365);

  private static final Pattern LEVEL = Pattern.compile("^\\[L(\\d{1,3})]\\s*");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>(),;:\"]+@[^\\s<>(),;:\"]+");
  private static final Pattern ON_CALL =
      Pattern.compile("(?i)^on[- ]?call\\s*(?:-|–|:)\\s*(.+?)(?:\\s+-\\s+.+)?$");
  private static final Pattern EVENT_ZONE =
      Pattern.compile("(?mi)^DTSTART;TZID=\"?([^\":;,\\r\\n]{1,80})\"?[:;]");
  private static final ICalendarLimits LIMITS =
      new ICalendarLimits(Limits.MOST_BYTES, 5_000, 2_000, 20_000, Duration.ofSeconds(10));

  private CalendarFile() {}

  static ImportOutcome read(byte[] file, Instant now) {
    String text = new String(file, StandardCharsets.UTF_8);
    ZoneId zone = zone(text);
    ICalendarReading reading = new ICalendarReader(LIMITS).read(file, now, now.plus(HORIZON), zone);
    return switch (reading) {
      case ICalendarReading.Refused(ICalendarProblem problem) ->
          new ImportOutcome.Refused(problem.inWords());
      case ICalendarReading.Read(List<ICalendarEvent> events, List<ICalendarProblem> problems) -> {
        String title = value(text, "X-WR-CALNAME");
        yield outcome(title == null ? "Calendar" : title, zone, events, problems, text, now);
      }
    };
  }

  private static ImportOutcome outcome(
      String name,
      ZoneId zone,
      List<ICalendarEvent> events,
      List<ICalendarProblem> problems,
      String text,
      Instant now) {
    Report report = new Report();
    for (ICalendarProblem problem : problems) {
      report.add("line " + problem.line(), "An event or a line was left out.", problem.message());
    }
    // A calendar of Grafana OnCall has levels: of events at the same time the higher stands.
    TreeMap<Integer, List<ImportedShift>> levels = new TreeMap<>(Comparator.reverseOrder());
    List<Instant> ends = WallClockEnds.of(events, zone);
    for (int at = 0; at < events.size(); at++) {
      ICalendarEvent event = events.get(at);
      int level = level(event.summary());
      List<ImportedPerson> people = people(event, name);
      if (people.isEmpty()) {
        report.add(
            "line " + event.line(),
            "An event was left out.",
            "It has neither a title nor attendees: nobody knows who is on duty.");
      }
      for (ImportedPerson person : people) {
        levels
            .computeIfAbsent(level, _ -> new ArrayList<>())
            .add(new ImportedShift(NamedShift.USUAL_ROLE, person, event.start(), ends.get(at)));
      }
    }
    try {
      Limits.shifts(levels.values().stream().flatMap(List::stream).toList());
    } catch (Unreadable e) {
      return new ImportOutcome.Refused(Report.sentence(e.words()));
    }
    List<ImportedShift> shifts = new ArrayList<>();
    for (List<ImportedShift> level : levels.values()) {
      List<ImportedShift> higher = List.copyOf(shifts);
      level.forEach(shift -> shifts.addAll(without(shift, higher)));
    }
    shifts.sort(Comparator.comparing(ImportedShift::start));
    if (shifts.isEmpty()) {
      return new ImportOutcome.Refused(
          "The calendar has no event from now on for a year that says who is on duty.");
    }
    List<ImportedShift> apart = Roles.shiftsApart(shifts);
    if (apart.stream().anyMatch(shift -> !shift.role().equals(NamedShift.USUAL_ROLE))) {
      report.add(
          "the file",
          "Several people who are on duty at once became roles, the first one \"Primary\".",
          "A calendar does not say which role an event is for.");
    }
    List<ImportedShift> toCome = SingleShifts.toCome(apart, "the file", now, report);
    List<ImportedSchedule> schedules = new ArrayList<>();
    List<ImportedLayer> layers = RegularShifts.layers(apart, zone, now);
    if (!layers.isEmpty()) {
      schedules.add(new ImportedSchedule(name, zone, layers, List.of()));
      report.add(
          "the file",
          "The events repeat regularly and became turns, which go on after the last event.",
          "To have the events and no more, choose the schedule with the single shifts.");
    } else if (text.contains("RRULE")) {
      report.add(
          "the file",
          "Repeating events became single shifts, for a year from now.",
          "They are no turns that everybody takes in the same order. Put people into the order once"
              + " the rotation is made, and they go on.");
    }
    schedules.add(
        new ImportedSchedule(
            layers.isEmpty() ? name : name + " (single shifts)", zone, List.of(), toCome));
    return new ImportOutcome.Read(ImportSource.ICALENDAR, schedules, report.all());
  }

  private static List<ImportedPerson> people(ICalendarEvent event, String calendar) {
    List<ImportedPerson> people = new ArrayList<>();
    for (String attendee : event.attendees()) {
      if (ADDRESS.matcher(attendee).matches() && attendee.length() <= 200) {
        people.add(new ImportedPerson(attendee, attendee));
      }
    }
    if (!people.isEmpty()) {
      return people;
    }
    String title = LEVEL.matcher(event.summary()).replaceFirst("").strip();
    Matcher address = ADDRESS.matcher(title);
    if (address.find()) {
      return List.of(new ImportedPerson(address.group(), address.group()));
    }
    String name = name(title, calendar);
    return name.isEmpty() || name.equals("nobody")
        ? List.of()
        : List.of(new ImportedPerson(name.substring(0, Math.min(200, name.length())), null));
  }

  /// `Support desk: Ada` in the calendar "Support desk", `On duty: Support desk` in Ada's, and `On
  /// Call - Ada - Support`.
  private static String name(String title, String calendar) {
    if (title.startsWith(calendar + ": ")) {
      return title.substring(calendar.length() + 2).strip();
    }
    if (title.startsWith("On duty: ")) {
      return calendar;
    }
    Matcher onCall = ON_CALL.matcher(title);
    return onCall.matches() ? onCall.group(1).strip() : title;
  }

  private static int level(String title) {
    Matcher level = LEVEL.matcher(title);
    return level.find() ? Integer.parseInt(level.group(1)) : 0;
  }

  /// What is left of a shift beside those that stand before it.
  private static List<ImportedShift> without(ImportedShift shift, List<ImportedShift> higher) {
    List<ImportedShift> left = List.of(shift);
    for (ImportedShift taken : higher) {
      List<ImportedShift> next = new ArrayList<>();
      for (ImportedShift piece : left) {
        if (!taken.start().isBefore(piece.end()) || !piece.start().isBefore(taken.end())) {
          next.add(piece);
          continue;
        }
        if (piece.start().isBefore(taken.start())) {
          next.add(piece(piece, piece.start(), taken.start()));
        }
        if (taken.end().isBefore(piece.end())) {
          next.add(piece(piece, taken.end(), piece.end()));
        }
      }
      left = next;
    }
    return left;
  }

  private static ImportedShift piece(ImportedShift shift, Instant start, Instant end) {
    return new ImportedShift(shift.role(), shift.person(), start, end);
  }

  private static @Nullable String value(String text, String property) {
    Matcher line =
        Pattern.compile("(?mi)^" + property + "(?:;[^:\\r\\n]{0,200})?:([^\\r\\n]{1,200})")
            .matcher(text);
    if (!line.find()) {
      return null;
    }
    String value = line.group(1).replaceAll("\\\\([,;\\\\])", "$1").replaceAll("\\p{Cntrl}", " ");
    return value.isBlank() ? null : value.strip();
  }

  /// That of the calendar; else that of its first event.
  private static ZoneId zone(String text) {
    String own = value(text, "X-WR-TIMEZONE");
    Matcher event = EVENT_ZONE.matcher(text);
    String name = own == null && event.find() ? event.group(1) : own;
    try {
      return name == null ? Fields.UTC : Fields.zoneNamed(name);
    } catch (DateTimeException e) {
      return Fields.UTC;
    }
  }
}
