package dev.bothy.platform.calendar.ical;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong; a file that is wrong in every line fills no memory with it.
final class Problems {
  private final List<ICalendarProblem> all = new ArrayList<>();
  private final int most;

  Problems(int most) {
    this.most = most;
  }

  void add(int line, String message) {
    if (all.size() < most) {
      all.add(new ICalendarProblem(line, message));
    }
  }

  List<ICalendarProblem> all() {
    return all;
  }
}
