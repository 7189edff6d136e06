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
import org.jspecify.annotations.Nullable;

/// Who is on duty in one rotation, as the board shows it: names and times, nothing else of people.
///
/// @param zone the rotation's, in which the times are
/// @param rows one for each role
record BoardView(UUID id, String name, boolean paused, String zone, List<Row> rows) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// A role.
  ///
  /// @param person `Nobody` when nobody has it
  /// @param gap whether somebody should have it
  /// @param until when that ends; empty when nothing is foreseen
  /// @param next who has it after that, with from when; empty when nothing is foreseen
  record Row(String role, String person, boolean gap, String until, String next) {}

  static BoardView of(RotationNow now, ZoneId zone, Map<Participant, String> names) {
    List<Row> rows = new ArrayList<>();
    for (RotationNow.Duty duty : now.duties()) {
      Shift current = duty.current();
      Shift next = duty.next();
      rows.add(
          new Row(
              duty.role(),
              current == null ? "Nobody" : name(current.person(), names),
              current != null && Reasons.gap(current),
              current == null ? "" : time(current.end(), zone),
              next == null
                  ? ""
                  : name(next.person(), names) + ", from " + time(next.start(), zone)));
    }
    return new BoardView(now.id(), now.name(), now.paused(), zone.getId(), rows);
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "Nobody" : names.getOrDefault(person, "Somebody");
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
