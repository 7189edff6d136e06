package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Account;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Reminds people of hand-offs, where a rotation expects a note: whoever is on duty before their
/// shift ends, and once after it; the next person when they have not acknowledged it. Nobody is
/// reminded twice of the same, and nobody of what is older than its window.
@Component
class HandoffReminders {
  private final HandoffTable table;
  private final HandoffNotes notes;
  private final ShiftTable shifts;
  private final RotationPeople people;
  private final HandoffMessages messages;

  HandoffReminders(
      HandoffTable table,
      HandoffNotes notes,
      ShiftTable shifts,
      RotationPeople people,
      HandoffMessages messages) {
    this.table = table;
    this.notes = notes;
    this.shifts = shifts;
    this.people = people;
    this.messages = messages;
  }

  /// @param ahead from where the rotation stands, in order
  /// @return when the next reminder is due; empty when none is
  Optional<Instant> remind(
      RotationEntity rotation, HandoffRules rules, List<Assignment> ahead, Instant now) {
    if (!rules.noteExpected()) {
      return Optional.empty();
    }
    List<Instant> next = new ArrayList<>();
    for (ShiftEntity shift : shifts.currentOf(rotation.id())) {
      beforeTheEnd(rotation, rules, shift, ahead, now).ifPresent(next::add);
    }
    for (Handoff handoff : table.pending(rotation.id())) {
      if (handoff.reminder() == null) {
        afterIt(rotation, rules, handoff, now).ifPresent(next::add);
      }
    }
    return next.stream().min(Instant::compareTo);
  }

  private Optional<Instant> beforeTheEnd(
      RotationEntity rotation,
      HandoffRules rules,
      ShiftEntity shift,
      List<Assignment> ahead,
      Instant now) {
    Participant person = shift.person().orElse(null);
    if (person == null || !shift.endsAt().isAfter(now) || goesOn(shift, ahead)) {
      return Optional.empty();
    }
    Instant due = shift.endsAt().minus(rules.noteReminder());
    if (due.isAfter(now)) {
      return Optional.of(due);
    }
    Optional<Handoff> open = table.openOf(rotation.id(), shift.role(), person);
    List<String> ticked = open.map(each -> HandingOver.ticked(rules, each)).orElse(List.of());
    boolean answered =
        notes.authors(rotation.id(), shift.role()).contains(person)
            || Handoff.done(rules.checklist(), ticked);
    if (!answered && open.map(Handoff::reminder).isEmpty()) {
      messages.remind(
          rotation,
          open.orElseGet(() -> table.opened(rotation.id(), shift.role(), person, shift.id())),
          HandoffCards.noteDue(
              rotation.name(),
              shift.id(),
              shift.endsAt(),
              zone(rotation),
              HandingOver.leftOpen(rules, ticked)));
    }
    return Optional.empty();
  }

  private static boolean goesOn(ShiftEntity shift, List<Assignment> ahead) {
    return ahead.stream()
        .filter(each -> each.role().equals(shift.role()) && !each.start().isBefore(shift.endsAt()))
        .findFirst()
        .filter(next -> Objects.equals(next.person(), shift.person().orElse(null)))
        .isPresent();
  }

  private Optional<Instant> afterIt(
      RotationEntity rotation, HandoffRules rules, Handoff handoff, Instant now) {
    UUID shift = handoff.shift();
    Participant next = handoff.to();
    switch (handoff.state()) {
      case UNANSWERED -> {
        Instant until = handoff.changedAt().plus(HandoffRules.WINDOW);
        if (shift != null && now.isBefore(until) && isThere(rotation, handoff.from())) {
          messages.remind(
              rotation,
              handoff,
              HandoffCards.unanswered(rotation.name(), shift, until, zone(rotation)));
        }
      }
      case WAITING -> {
        Instant due = handoff.changedAt().plus(rules.acknowledgeReminder());
        if (rules.acknowledgeReminder().isZero() || next == null) {
          return Optional.empty();
        }
        if (due.isAfter(now)) {
          return Optional.of(due);
        }
        if (now.isBefore(due.plus(HandoffRules.WINDOW)) && isThere(rotation, next)) {
          String from = people.names(rotation.connection()).apply(handoff.from());
          messages.remind(
              rotation, handoff, HandoffCards.unacknowledged(rotation.name(), handoff.id(), from));
        }
      }
      case OPEN, ACKNOWLEDGED, CLOSED -> {}
    }
    return Optional.empty();
  }

  private boolean isThere(RotationEntity rotation, Participant person) {
    return people
        .account(rotation.connection(), person.account())
        .filter(Account::active)
        .isPresent();
  }

  private static ZoneId zone(RotationEntity rotation) {
    return rotation.layers().getFirst().times().zone();
  }
}
