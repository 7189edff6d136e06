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
/// @param layers by position
/// @param place the network and the conversation
/// @param goesAt when a deleted one is gone for good; null for one that is not deleted
record RotationView(
    Rotation rotation,
    Map<Participant, String> names,
    List<LayerView> layers,
    String place,
    @Nullable Instant goesAt) {
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

  public String zone() {
    return rotation.zone().getId();
  }

  /// Whether its roles are named: it has several.
  public boolean roles() {
    return rotation.duties().size() > 1;
  }

  public List<DutyView> duties() {
    return rotation.duties().stream()
        .map(duty -> DutyView.of(duty, rotation.zone(), names))
        .toList();
  }

  /// Until when a deleted rotation can be brought back.
  public String restorableUntil() {
    return time(goesAt);
  }

  /// Shifts that were, as rows: role, who, from, to, and whether it was missed.
  public List<Row> rows(List<Shift> shifts) {
    return shifts.stream()
        .map(shift ->
            new Row(
                shift.role(),
                nameOf(shift.person()),
                time(shift.start()),
                time(shift.end()),
                shift.missed()))
        .toList();
  }

  /// A shift.
  record Row(String role, String person, String from, String to, boolean missed) {}

  private String nameOf(@Nullable Participant person) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }

  private String time(@Nullable Instant instant) {
    ZoneId zone = rotation.times().zone();
    return instant == null ? "" : TIME.format(instant.atZone(zone));
  }
}
