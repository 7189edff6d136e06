package dev.bothy.platform.calendar.ical;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An event with all that the file says of it: itself, and the occurrences that were moved or
/// cancelled (RFC 5545 §3.8.4.4).
final class Series {
  private static final int MOST_DATES = 10_000;
  private static final int MOST_RULES = 10;

  private final String uid;
  private final List<Component> masters = new ArrayList<>();
  private final List<Component> changed = new ArrayList<>();

  Series(String uid) {
    this.uid = uid;
  }

  void add(Component event) {
    (event.property("RECURRENCE-ID") == null ? masters : changed).add(event);
  }

  /// What overlaps the window.
  ///
  /// @param most occurrences within it
  /// @param problems gets what was left out, and why
  List<ICalendarEvent> occurrences(
      Zones zones, Instant from, Instant until, int most, Problems problems) {
    Map<String, Component> overrides = overrides(zones, problems);
    List<ICalendarEvent> found = new ArrayList<>();
    Component master = newest(masters);
    if (master != null) {
      try {
        addAll(found, master, overrides.keySet(), zones, from, until, most);
      } catch (Unusable e) {
        problems.add(master.line(), e.sentence());
      }
    }
    boolean cancelled = master != null && master.says("STATUS", "CANCELLED");
    overrides.forEach((name, event) -> {
      if (!cancelled && !event.says("STATUS", "CANCELLED")) {
        try {
          EventTimes times = EventTimes.of(event, zones);
          add(found, event, name, times.begin(), times, from, until);
        } catch (Unusable e) {
          problems.add(event.line(), e.sentence());
        }
      }
    });
    return found;
  }

  private Map<String, Component> overrides(Zones zones, Problems problems) {
    Map<String, List<Component>> byName = new TreeMap<>();
    for (Component event : changed) {
      ContentLine id = event.property("RECURRENCE-ID");
      try {
        if (id != null) {
          if (id.parameter("RANGE") != null) {
            problems.add(
                event.line(), "It changes all later times at once; only the one was changed.");
          }
          byName.computeIfAbsent(Moment.parse(id, zones).name(), _ -> new ArrayList<>()).add(event);
        }
      } catch (Unusable e) {
        problems.add(event.line(), e.sentence());
      }
    }
    Map<String, Component> newest = new HashMap<>();
    byName.forEach((name, events) -> {
      Component last = newest(events);
      if (last != null) {
        newest.put(name, last);
      }
    });
    return newest;
  }

  private void addAll(
      List<ICalendarEvent> found,
      Component master,
      Set<String> overridden,
      Zones zones,
      Instant from,
      Instant until,
      int most)
      throws Unusable {
    if (master.says("STATUS", "CANCELLED")) {
      return;
    }
    EventTimes times = EventTimes.of(master, zones);
    Moment begin = times.begin();
    LocalDateTime earliest = wallClock(begin, from.minus(times.reach()));
    LocalDateTime latest = wallClock(begin, until).plusDays(1);
    Map<String, Moment> moments = new TreeMap<>();
    boolean repeats = master.property("RRULE") != null || master.property("RDATE") != null;
    // One that is moved stays the same one.
    moments.put(repeats || !overridden.isEmpty() ? begin.name() : "", begin);
    List<ContentLine> rules = master.all("RRULE").toList();
    if (rules.size() > MOST_RULES) {
      throw new Unusable("It has more than " + MOST_RULES + " rules.");
    }
    for (ContentLine rule : rules) {
      RepeatRule.parse(rule.value(), begin)
          .occurrences(earliest, latest, most)
          .forEach(each -> put(moments, begin.at(each)));
    }
    for (Moment date : dates(master, "RDATE", zones)) {
      put(moments, date);
    }
    if (master.property("EXRULE") != null) {
      throw new Unusable("It has an EXRULE, which calendars have no more since 2009.");
    }
    Set<String> excluded = new HashSet<>(overridden);
    for (Moment date : dates(master, "EXDATE", zones)) {
      excluded.add(date.name());
    }
    if (moments.size() > most) {
      throw new Unusable("It repeats more than " + most + " times in the time that is looked at.");
    }
    for (Map.Entry<String, Moment> each : moments.entrySet()) {
      Moment moment = each.getValue();
      // Some writers exclude a time by its day.
      if (!excluded.contains(each.getKey())
          && !excluded.contains(moment.local().toLocalDate().toString())) {
        add(found, master, each.getKey(), moment, times, from, until);
      }
    }
  }

  private static void put(Map<String, Moment> moments, Moment moment) {
    moments.put(moment.name(), moment);
  }

  private static List<Moment> dates(Component event, String name, Zones zones) throws Unusable {
    List<Moment> dates = new ArrayList<>();
    for (ContentLine line : event.all(name).toList()) {
      for (String written : line.value().split(",", MOST_DATES + 1)) {
        // A PERIOD begins with its begin, and an event's periods are as long as the event mostly.
        int slash = written.indexOf('/');
        dates.add(
            Moment.parse(line, (slash < 0 ? written : written.substring(0, slash)).strip(), zones));
      }
      if (dates.size() > MOST_DATES) {
        throw new Unusable("It lists more than " + MOST_DATES + " dates.");
      }
    }
    return dates;
  }

  private void add(
      List<ICalendarEvent> found,
      Component event,
      String name,
      Moment moment,
      EventTimes times,
      Instant from,
      Instant until) {
    Instant start = moment.instant();
    Instant end = times.end(moment);
    if (start.isBefore(end) && start.isBefore(until) && end.isAfter(from)) {
      found.add(
          new ICalendarEvent(
              uid,
              name,
              start,
              end,
              moment.day(),
              !event.says("TRANSP", "TRANSPARENT"),
              text(event, "SUMMARY"),
              attendees(event),
              event.line()));
    }
  }

  private static String text(Component event, String name) {
    ContentLine line = event.property(name);
    return line == null ? "" : line.text();
  }

  private static List<String> attendees(Component event) {
    return event
        .all("ATTENDEE")
        .map(ContentLine::text)
        .map(each -> each.regionMatches(true, 0, "mailto:", 0, 7) ? each.substring(7) : each)
        .limit(100)
        .toList();
  }

  private static LocalDateTime wallClock(Moment begin, Instant time) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, begin.zone().getOffset(time));
    return begin.day() ? local.toLocalDate().atTime(LocalTime.MIDNIGHT) : local;
  }

  /// A file that was put together of several has an event more than once.
  private static @Nullable Component newest(List<Component> events) {
    Component newest = null;
    long highest = Long.MIN_VALUE;
    for (Component event : events) {
      long sequence = sequence(event);
      if (sequence >= highest) {
        newest = event;
        highest = sequence;
      }
    }
    return newest;
  }

  private static long sequence(Component event) {
    ContentLine line = event.property("SEQUENCE");
    return line != null && line.value().strip().matches("\\d{1,9}")
        ? Long.parseLong(line.value().strip())
        : 0;
  }
}
