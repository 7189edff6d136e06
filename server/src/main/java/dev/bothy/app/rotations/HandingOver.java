package dev.bothy.app.rotations;

import dev.bothy.app.rotations.Handoff.State;
import dev.bothy.app.rotations.HandoffNotes.Note;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Moves hand-offs from one state to the next. Called within a transaction of the workspace.
@Component
class HandingOver {
  private final HandoffTable table;
  private final HandoffNotes notes;
  private final TellingTable tellings;
  private final HandoffMessages messages;

  HandingOver(
      HandoffTable table, HandoffNotes notes, TellingTable tellings, HandoffMessages messages) {
    this.table = table;
    this.notes = notes;
    this.tellings = tellings;
    this.messages = messages;
  }

  /// Somebody begins a shift: what others prepared of that role is theirs now.
  ///
  /// @param before the latest shift of the role; empty when there was none
  /// @return the notes to them, as they were written
  List<Note> handOver(
      RotationEntity rotation, String role, Participant to, Optional<ShiftEntity> before) {
    HandoffRules rules = tellings.of(rotation.id()).handoff();
    List<Handoff> prepared = prepared(rotation, role, to, before, rules);
    boolean fromAnother =
        before.flatMap(ShiftEntity::person).filter(last -> !last.equals(to)).isPresent();
    if (fromAnother || !prepared.isEmpty()) {
      close(rotation, role);
    }
    List<Note> written = new ArrayList<>();
    prepared.forEach(each -> written.addAll(handOver(rotation, each, to, rules)));
    return written;
  }

  /// Those that are open and not their own; with one of whoever is relieved, where something is
  /// expected of them.
  private List<Handoff> prepared(
      RotationEntity rotation,
      String role,
      Participant to,
      Optional<ShiftEntity> before,
      HandoffRules rules) {
    boolean expected = rules.noteExpected() || !rules.checklist().isEmpty();
    before.ifPresent(last ->
        last.person()
            .filter(person -> !person.equals(to))
            .filter(person -> expected || table.openOf(rotation.id(), role, person).isPresent())
            .ifPresent(person -> table.opened(rotation.id(), role, person, last.id())));
    notes.authors(rotation.id(), role).stream()
        .filter(author -> !author.equals(to))
        .forEach(author -> table.opened(rotation.id(), role, author, null));
    return table.open(rotation.id(), role).stream()
        .filter(each -> !each.from().equals(to))
        .toList();
  }

  private List<Note> handOver(
      RotationEntity rotation, Handoff handoff, Participant to, HandoffRules rules) {
    List<Note> written = notes.handOver(handoff, rules.readers() != NoteReaders.NEXT);
    messages.settle(rotation, handoff, "your shift has ended.");
    if (written.isEmpty() && rules.checklist().isEmpty() && !rules.noteExpected()) {
      table.delete(handoff.id());
      return written;
    }
    List<String> ticked = ticked(rules, handoff);
    boolean answered = !written.isEmpty() || Handoff.done(rules.checklist(), ticked);
    table.handedOver(
        handoff.id(),
        answered || !rules.noteExpected() ? State.WAITING : State.UNANSWERED,
        ticked,
        leftOpen(rules, ticked),
        to);
    return written;
  }

  /// The role is handed on: what came before waits for nobody any more.
  private void close(RotationEntity rotation, String role) {
    for (Handoff each : table.pending(rotation.id())) {
      if (each.role().equals(role)) {
        messages.settle(rotation, each, "handed on since then.");
        table.is(each.id(), State.CLOSED);
      }
    }
  }

  /// Something was written after the hand-off: whoever has the role now has it.
  ///
  /// @param ticked what is ticked by now
  Handoff late(
      RotationEntity rotation,
      Handoff handoff,
      Participant to,
      List<String> ticked,
      HandoffRules rules) {
    messages.settle(rotation, handoff, "your hand-off note is written.");
    table.handedOver(handoff.id(), State.WAITING, ticked, leftOpen(rules, ticked), to);
    return table.find(handoff.id()).orElseThrow();
  }

  /// The next person has it.
  void acknowledge(RotationEntity rotation, Handoff handoff) {
    messages.settle(rotation, handoff, "you have the hand-off.");
    table.is(handoff.id(), State.ACKNOWLEDGED);
  }

  /// The message to whoever has a role, with what they took over.
  Content with(
      Content takeOver,
      RotationEntity rotation,
      String role,
      Participant person,
      Function<Participant, String> names) {
    return HandoffCards.with(takeOver, table.takenOver(rotation.id(), role, person), names);
  }

  /// What of the list is ticked, in its order.
  static List<String> ticked(HandoffRules rules, Handoff handoff) {
    return rules.checklist().stream().filter(handoff.ticked()::contains).toList();
  }

  /// What of the list is not, in its order.
  static List<String> leftOpen(HandoffRules rules, List<String> ticked) {
    return rules.checklist().stream().filter(item -> !ticked.contains(item)).toList();
  }
}
