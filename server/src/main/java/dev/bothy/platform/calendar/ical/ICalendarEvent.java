package dev.bothy.platform.calendar.ical;

import java.time.Instant;
import java.util.List;

/// One occurrence of an event: of a repeating one there is one for each time.
///
/// @param uid of the event, the same in each reading; made up from its times and title if the file
///   has none
/// @param occurrence which of the event's times it is: where it stood before somebody moved it,
///   e.g. `2026-12-24` or `2026-12-24T09:00:00Z`; with `uid` the same in each reading
/// @param start of a day: its midnight in the zone that the reader was given
/// @param end after `start`
/// @param allDay whether it is written in whole days
/// @param busy whether it takes the person's time (`TRANSP`), which most events do
/// @param summary the title, may be empty; somebody's own words, so never for a log
/// @param attendees their addresses without `mailto:`, e.g. `ada@example.com`; private as well
/// @param line where the event begins in the file, from 1
public record ICalendarEvent(
    String uid,
    String occurrence,
    Instant start,
    Instant end,
    boolean allDay,
    boolean busy,
    String summary,
    List<String> attendees,
    int line) {
  public ICalendarEvent {
    attendees = List.copyOf(attendees);
  }

  /// Without what somebody wrote.
  @Override
  public String toString() {
    return "ICalendarEvent[line=" + line + ", start=" + start + ", end=" + end + "]";
  }
}
