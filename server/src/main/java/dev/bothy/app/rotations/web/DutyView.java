package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.RoleDuty;
import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who has a role now, as the pages show it.
///
/// @param people everybody who has it; empty when nobody has
/// @param gap whether somebody should have it and nobody has
/// @param begins when its hours begin, outside of them; else empty
/// @param next who takes over from the first of them
record DutyView(String role, List<OnDuty> people, boolean gap, String begins, String next) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

  /// Somebody who has it.
  ///
  /// @param until when that ends
  record OnDuty(String person, String until) {}

  static DutyView of(RoleDuty duty, ZoneId zone, Map<Participant, String> names) {
    return new DutyView(
        duty.role(),
        duty.held().stream()
            .filter(held -> held.person() != null)
            .map(held -> new OnDuty(name(held.person(), names), time(held.until(), zone)))
            .toList(),
        duty.meant() && duty.people().isEmpty(),
        duty.held().isEmpty() ? time(duty.until(), zone) : "",
        duty.next().isEmpty()
            ? "Nobody"
            : duty.next().stream()
                .map(person -> name(person, names))
                .collect(Collectors.joining(", ")));
  }

  private static String name(@Nullable Participant person, Map<Participant, String> names) {
    return person == null ? "Nobody" : names.getOrDefault(person, person.account());
  }

  private static String time(@Nullable Instant instant, ZoneId zone) {
    return instant == null ? "" : TIME.format(instant.atZone(zone));
  }
}
