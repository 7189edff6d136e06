package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.Problem;
import java.util.List;

/// What became of a request to change a holiday calendar. Only [Done] has written anything.
public sealed interface HolidayOutcome {
  /// It is done; this is how the calendar stands now, or stood when it was deleted.
  record Done(HolidayCalendar calendar) implements HolidayOutcome {}

  /// What was asked for is not possible; each problem names the field and what is allowed.
  ///
  /// @param problems at least one
  record Refused(List<Problem> problems) implements HolidayOutcome {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// There is no such calendar, or not any more.
  record NotFound() implements HolidayOutcome {}
}
