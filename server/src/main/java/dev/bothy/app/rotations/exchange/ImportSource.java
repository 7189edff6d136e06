package dev.bothy.app.rotations.exchange;

/// Where a file comes from, by what is in it.
public enum ImportSource {
  PAGERDUTY("PagerDuty"),
  OPSGENIE("Opsgenie"),
  GRAFANA("Grafana OnCall"),
  ICALENDAR("iCalendar");

  private final String title;

  ImportSource(String title) {
    this.title = title;
  }

  /// Its name for people.
  public String title() {
    return title;
  }
}
