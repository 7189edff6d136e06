package dev.bothy.platform.webhooks;

/// Whether an endpoint is told of events. Stored by name.
public enum EndpointState {
  /// It is.
  ON("on", "It is told what happens."),
  /// An admin switched it off.
  PAUSED("paused", "An admin switched it off."),
  /// It answered that it is gone; off until an admin switches it on.
  GONE("off", "Switched off: it answered 410 Gone."),
  /// It took nothing for days; off until an admin switches it on.
  FAILING("off", "Switched off: it took no delivery for days.");

  private final String label;
  private final String why;

  EndpointState(String label, String why) {
    this.label = label;
    this.why = why;
  }

  /// In a word or two, for people.
  public String label() {
    return label;
  }

  /// In a sentence, for people.
  public String why() {
    return why;
  }
}
