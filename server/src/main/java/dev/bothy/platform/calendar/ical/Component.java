package dev.bothy.platform.calendar.ical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A part of a file from `BEGIN` to `END` (RFC 5545 §3.6).
///
/// @param line of its `BEGIN`
/// @param name upper case, e.g. `VEVENT`
record Component(int line, String name, List<ContentLine> properties, List<Component> parts) {
  /// An alarm in an event in a calendar is three.
  private static final int DEEPEST = 6;

  private static final String CALENDAR = "VCALENDAR";

  static Component begun(int line, String name) {
    return new Component(line, name, new ArrayList<>(), new ArrayList<>());
  }

  /// Reads the calendars of a file.
  ///
  /// @param problems gets the lines that were passed over
  /// @throws Refusal if it is no calendar, is not whole, or has more than so many events
  static List<Component> read(ContentLines lines, int mostEvents, Problems problems)
      throws Refusal {
    List<Component> calendars = new ArrayList<>();
    List<Component> open = new ArrayList<>();
    int events = 0;
    while (lines.hasNext()) {
      String text = lines.next();
      if (text.isBlank()) {
        continue;
      }
      ContentLine line = ContentLine.parse(lines.number(), text);
      if (open.isEmpty() && !isBegin(line, CALENDAR)) {
        throw notACalendar(lines.number(), calendars.isEmpty());
      }
      if (line == null) {
        problems.add(lines.number(), "This is no line of a calendar; it was passed over.");
      } else if (line.name().equals("BEGIN")) {
        Component begun = begun(line.number(), upper(line));
        events += begun.name().equals("VEVENT") ? 1 : 0;
        if (events > mostEvents) {
          throw new Refusal(line.number(), "There are more than " + mostEvents + " events.");
        }
        if (open.size() == DEEPEST) {
          throw new Refusal(line.number(), "Its parts lie in one another too deep.");
        }
        (open.isEmpty() ? calendars : open.getLast().parts()).add(begun);
        open.add(begun);
      } else if (line.name().equals("END")) {
        if (!open.removeLast().name().equals(upper(line))) {
          throw new Refusal(line.number(), "This ends another part than the one that was begun.");
        }
      } else {
        open.getLast().properties().add(line);
      }
    }
    if (!open.isEmpty() || calendars.isEmpty()) {
      throw open.isEmpty()
          ? notACalendar(1, true)
          : new Refusal(
              lines.number(), "It ends before END:VCALENDAR: only a part of it was delivered.");
    }
    return calendars;
  }

  /// The last property of this name; null if there is none.
  @Nullable ContentLine property(String wanted) {
    return properties.stream()
        .filter(line -> line.name().equals(wanted))
        .reduce((_, last) -> last)
        .orElse(null);
  }

  Stream<ContentLine> all(String wanted) {
    return properties.stream().filter(line -> line.name().equals(wanted));
  }

  Stream<Component> parts(String wanted) {
    return parts.stream().filter(part -> part.name().equals(wanted));
  }

  /// Whether the property has this value, in whichever case.
  boolean says(String property, String value) {
    ContentLine line = property(property);
    return line != null && line.value().strip().equalsIgnoreCase(value);
  }

  private static boolean isBegin(@Nullable ContentLine line, String name) {
    return line != null && line.name().equals("BEGIN") && upper(line).equals(name);
  }

  private static String upper(ContentLine line) {
    return line.value().strip().toUpperCase(Locale.ROOT);
  }

  private static Refusal notACalendar(int line, boolean first) {
    return new Refusal(
        line,
        first
            ? "This is no iCalendar file: it does not begin with BEGIN:VCALENDAR."
            : "Behind the calendar stands something that is none.");
  }
}
