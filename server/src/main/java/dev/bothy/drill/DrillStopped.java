package dev.bothy.drill;

/// A check of a drill did not pass. Its message is for people.
final class DrillStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DrillStopped(String message) {
    super(message);
  }
}
