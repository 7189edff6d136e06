package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.OutboundMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// Reminds people of shifts that are about to begin. Each is told once; one that could not be told
/// in time is told late, but not after the shift has begun.
@Component
class Reminders {
  /// Among how many of a role's latest shifts somebody's own is looked for.
  private static final int LAST = 10;

  private final ToldTable told;
  private final ShiftTable shifts;
  private final Chat chat;

  Reminders(ToldTable told, ShiftTable shifts, Chat chat) {
    this.told = told;
    this.shifts = shifts;
    this.chat = chat;
  }

  /// A role of somebody: others may have it beside them.
  private record RoleOf(String role, @Nullable Participant person) {}

  /// Who has a role, and of which turn.
  private record Holder(@Nullable Participant person, Instant turn, Instant end) {}

  /// @param ahead from where the rotation stands, in order
  /// @return when the next reminder is due; empty when none is foreseen
  Optional<Instant> remind(
      RotationEntity rotation, Telling telling, List<Assignment> ahead, Instant now) {
    Instant next = null;
    for (Assignment each : beginning(rotation, ahead, now)) {
      Duration before = telling.before(Duration.between(each.start(), each.end()));
      if (before.isZero()) {
        continue;
      }
      Instant due = each.start().minus(before);
      if (due.isAfter(now)) {
        next = next == null || due.isBefore(next) ? due : next;
      } else {
        remind(rotation, each);
      }
    }
    return Optional.ofNullable(next);
  }

  /// The shifts to come in which somebody has a role who did not have it before. Who goes on, or is
  /// back for the next hours of the same turn, knows.
  private List<Assignment> beginning(RotationEntity rotation, List<Assignment> ahead, Instant now) {
    Map<String, List<ShiftEntity>> latest = new HashMap<>();
    Map<RoleOf, Holder> before = new HashMap<>();
    List<Assignment> beginning = new ArrayList<>();
    for (Assignment each : ahead) {
      RoleOf whose = new RoleOf(each.role(), each.person());
      List<ShiftEntity> were =
          latest.computeIfAbsent(
              each.role(), role -> shifts.lastOf(rotation.id(), role, Limit.of(LAST)));
      Holder last = before.computeIfAbsent(whose, of -> last(were, of));
      boolean goesOn =
          Objects.equals(each.person(), last.person())
              && (last.turn().equals(each.turn()) || last.end().equals(each.start()));
      if (each.person() != null && each.start().isAfter(now) && !goesOn) {
        beginning.add(each);
      }
      before.put(whose, new Holder(each.person(), each.turn(), each.end()));
    }
    return beginning;
  }

  private static Holder last(List<ShiftEntity> were, RoleOf of) {
    return were.stream()
        .filter(shift -> shift.person().equals(Optional.ofNullable(of.person())))
        .findFirst()
        .map(shift -> new Holder(shift.person().orElse(null), shift.turnAt(), shift.endsAt()))
        .orElse(new Holder(null, Instant.MIN, Instant.MIN));
  }

  private void remind(RotationEntity rotation, Assignment shift) {
    Participant person = Objects.requireNonNull(shift.person());
    if (told.first(
        rotation.id(), ToldTable.Kind.REMINDER, shift.role(), person.account(), shift.start())) {
      String role = several(rotation) ? shift.role() : null;
      chat.send(
          rotation.connection(),
          new OutboundMessage.Direct(
              person.account(),
              TellingCards.reminder(rotation.id(), rotation.name(), role, shift, zone(rotation))));
    }
  }

  private static boolean several(RotationEntity rotation) {
    return rotation.layers().stream().map(layer -> layer.role()).distinct().count() > 1;
  }

  private static ZoneId zone(RotationEntity rotation) {
    return rotation.layers().getFirst().times().zone();
  }
}
