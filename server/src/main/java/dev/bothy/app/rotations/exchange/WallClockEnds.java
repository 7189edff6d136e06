package dev.bothy.app.rotations.exchange;

import dev.bothy.platform.calendar.ical.ICalendarEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When the events of a roster end. By RFC 5545 (§3.8.5.3) each of a series lasts exactly as long
/// as its first, so that a week that begins on Monday at nine ends at ten where the clocks go
/// forward in it. Rosters mean nine, and calendars show it so: whole days of a series that keeps to
/// the wall clock are days of the wall clock.
final class WallClockEnds {
  private static final Duration DAY = Duration.ofDays(1);

  private WallClockEnds() {}

  /// The ends, by the places of the events.
  static List<Instant> of(List<ICalendarEvent> events, ZoneId zone) {
    Map<Integer, List<ICalendarEvent>> series = new HashMap<>();
    for (ICalendarEvent event : events) {
      series.computeIfAbsent(event.line(), _ -> new ArrayList<>()).add(event);
    }
    List<Instant> ends = new ArrayList<>();
    for (ICalendarEvent event : events) {
      Duration length = Duration.between(event.start(), event.end());
      boolean days = length.isPositive() && length.toSeconds() % DAY.toSeconds() == 0;
      ends.add(
          days && keepsToTheClock(series.getOrDefault(event.line(), List.of()), zone)
              ? Turns.instant(local(event.start(), zone).plusDays(length.toDays()), zone)
              : event.end());
    }
    return ends;
  }

  private static boolean keepsToTheClock(List<ICalendarEvent> series, ZoneId zone) {
    return series.size() > 1
        && series.stream().map(event -> local(event.start(), zone).toLocalTime()).distinct().count()
            == 1;
  }

  private static LocalDateTime local(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toLocalDateTime();
  }
}
