package dev.bothy.platform.calendar;

import java.util.Arrays;
import java.util.Locale;

/// Where an absence is known from.
public enum AbsenceSource {
  /// Somebody said so in chat.
  CHAT("chat"),
  /// Somebody entered it in the console.
  CONSOLE("the console"),
  /// A program entered it.
  API("the API"),
  /// It is in an iCalendar feed; only the feed changes it.
  ICALENDAR("a calendar feed"),
  /// It is in HiBob; only HiBob changes it.
  HIBOB("HiBob");

  private final String words;

  AbsenceSource(String words) {
    this.words = words;
  }

  /// As people read it: `the console`.
  public String words() {
    return words;
  }

  /// Whether people and programs may change it here.
  public boolean byHand() {
    return switch (this) {
      case CHAT, CONSOLE, API -> true;
      case ICALENDAR, HIBOB -> false;
    };
  }

  /// Its name in the database and the API: `console`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AbsenceSource ofId(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }
}
