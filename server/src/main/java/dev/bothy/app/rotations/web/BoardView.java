package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RotationNow;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Who is on duty in one rotation, as the board shows it: names and times, nothing else of people.
///
/// @param zone the rotation's, in which the times are
/// @param rows one for each role
record BoardView(UUID id, String name, boolean paused, String zone, List<Row> rows) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// A role.
  ///
  /// @param people everybody who has it; empty when nobody has
  /// @param gap whether somebody should have it and nobody has
  /// @param next who takes over from the first of them, with from when; empty when nothing is
  ///   foreseen
  record Row(String role, List<OnDuty> people, boolean gap, String next) {}

  /// Somebody who has a role.
  ///
  /// @param until when that ends
  record OnDuty(String person, String until) {}

  static BoardView of(RotationNow now, ZoneId zone, Map<Participant, String> names) {
    List<Row> rows = new ArrayList<>();
    for (RotationNow.Duty duty : now.duties()) {
      rows.add(
          new Row(
              duty.role(),
              duty.current().stream()
                  .filter(shift -> shift.person() != null)
                  .map(shift -> new OnDuty(name(shift, names), time(shift.end(), zone)))
                  .toList(),
              duty.current().stream().anyMatch(Reasons::gap),
              next(duty.next(), zone, names)));
    }
    return new BoardView(now.id(), now.name(), now.paused(), zone.getId(), rows);
  }

  private static String next(List<Shift> next, ZoneId zone, Map<Participant, String> names) {
    return next.isEmpty()
        ? ""
        : next.stream().map(shift -> name(shift, names)).collect(Collectors.joining(", "))
            + ", from "
            + time(next.getFirst().start(), zone);
  }

  private static String name(Shift shift, Map<Participant, String> names) {
    Participant person = shift.person();
    return person == null ? "Nobody" : names.getOrDefault(person, "Somebody");
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
