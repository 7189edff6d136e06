package dev.bothy.platform.calendar.ical;

/// What is wrong with a file, or with one event of it. It quotes nothing of the file, so that it
/// may be logged and shown to whoever sees the list.
///
/// @param line where, from 1; of an event: its `BEGIN:VEVENT`
/// @param message a sentence for people
public record ICalendarProblem(int line, String message) {
  /// With the place, e.g. `Line 37: It repeats every second.`
  public String inWords() {
    return "Line " + line + ": " + message;
  }
}
