package dev.bothy.app.rotations.exchange;

/// A part of a file cannot be carried over; the message goes on after a colon.
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  Unreadable(String message) {
    super(message, null, false, false);
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
