package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rotation as its pages show it: names instead of accounts, times in the rotation's zone.
///
/// @param place the network and the conversation
/// @param goesAt when a deleted one is gone for good; null for one that is not deleted
record RotationView(
    Rotation rotation, Map<Participant, String> names, String place, @Nullable Instant goesAt) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  public UUID id() {
    return rotation.id();
  }

  public String name() {
    return rotation.name();
  }

  public boolean paused() {
    return rotation.paused();
  }

  public boolean active() {
    return rotation.active();
  }

  /// The rule of the hand-offs in words.
  public String rule() {
    return rotation.times().describe();
  }

  public String zone() {
    return rotation.times().zone().getId();
  }

  public String onDuty() {
    return nameOf(rotation.onDuty());
  }

  public String next() {
    return nameOf(rotation.next());
  }

  /// When the current shift ends; empty while paused.
  public String until() {
    return time(rotation.until());
  }

  /// Until when a deleted rotation can be brought back.
  public String restorableUntil() {
    return time(goesAt);
  }

  public List<String> people() {
    return rotation.people().stream().map(this::nameOf).toList();
  }

  /// Shifts that were, as rows: who, from, to, and whether it was missed.
  public List<Row> rows(List<Shift> shifts) {
    return shifts.stream()
        .map(shift ->
            new Row(nameOf(shift.person()), time(shift.start()), time(shift.end()), shift.missed()))
        .toList();
  }

  /// A shift.
  record Row(String person, String from, String to, boolean missed) {}

  private String nameOf(@Nullable Participant person) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }

  private String time(@Nullable Instant instant) {
    ZoneId zone = rotation.times().zone();
    return instant == null ? "" : TIME.format(instant.atZone(zone));
  }
}
