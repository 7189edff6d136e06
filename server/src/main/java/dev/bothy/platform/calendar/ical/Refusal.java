package dev.bothy.platform.calendar.ical;

/// Ends the reading of a file.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final transient ICalendarProblem problem;

  Refusal(int line, String message) {
    super(message, null, false, false);
    this.problem = new ICalendarProblem(line, message);
  }

  ICalendarProblem problem() {
    return problem;
  }
}
