package dev.bothy.platform.calendar.ical;

import java.util.List;

/// What came of reading a file.
public sealed interface ICalendarReading {
  /// It was read.
  ///
  /// @param events that overlap the window, by start
  /// @param problems of events that were left out and of lines that were passed over, at most
  ///   [ICalendarReader#MOST_PROBLEMS]; the other events are there
  record Read(List<ICalendarEvent> events, List<ICalendarProblem> problems)
      implements ICalendarReading {
    public Read {
      events = List.copyOf(events);
      problems = List.copyOf(problems);
    }
  }

  /// Nothing of it may be used: it is no calendar, was delivered in half, or is beyond the limits.
  record Refused(ICalendarProblem problem) implements ICalendarReading {}
}
