package dev.bothy.platform.calendar.ical;

import java.time.Duration;

/// How much of a file is read: above each bound it is refused, never cut.
///
/// @param bytes of the file. Ten years of a busy calendar are about 1 MB
/// @param events in it, however often each repeats
/// @param ofOneEvent occurrences of one event within the window; a daily one has 580 in 19 months
/// @param occurrences of all events within the window
/// @param patience for the whole reading
public record ICalendarLimits(
    int bytes, int events, int ofOneEvent, int occurrences, Duration patience) {
  /// 2 MB, 5,000 events, 2,000 occurrences of one, 20,000 of all, 10 s.
  public static final ICalendarLimits USUAL =
      new ICalendarLimits(2_000_000, 5_000, 2_000, 20_000, Duration.ofSeconds(10));
}
