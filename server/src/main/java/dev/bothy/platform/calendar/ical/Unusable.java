package dev.bothy.platform.calendar.ical;

/// Ends the reading of one event, or of one time zone; the others are read.
final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message a sentence for people that quotes nothing of the file
  Unusable(String message) {
    super(message, null, false, false);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
