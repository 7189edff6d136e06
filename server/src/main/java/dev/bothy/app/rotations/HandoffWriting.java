package dev.bothy.app.rotations;

import dev.bothy.app.rotations.HandoffNotes.Note;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.work.Schedule;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What people on duty write and tick for the next person, and what that person says to it. Called
/// within a transaction of the workspace. A [RotationOutcome] other than [RotationOutcome.Done]
/// means that nothing was written.
@Component
class HandoffWriting {
  private final RotationTable rotations;
  private final ShiftTable shifts;
  private final HandoffTable table;
  private final HandoffNotes notes;
  private final HandingOver handingOver;
  private final HandoffMessages messages;
  private final TellingTable tellings;
  private final Announcer announcer;
  private final TurnMessages turnMessages;
  private final Foresight foresight;
  private final Schedule schedule;
  private final RotationLog log;
  private final Clock clock;

  HandoffWriting(
      RotationTable rotations,
      ShiftTable shifts,
      HandoffTable table,
      HandoffNotes notes,
      HandingOver handingOver,
      HandoffMessages messages,
      TellingTable tellings,
      Announcer announcer,
      TurnMessages turnMessages,
      Foresight foresight,
      Schedule schedule,
      RotationLog log,
      Clock clock) {
    this.rotations = rotations;
    this.shifts = shifts;
    this.table = table;
    this.notes = notes;
    this.handingOver = handingOver;
    this.messages = messages;
    this.tellings = tellings;
    this.announcer = announcer;
    this.turnMessages = turnMessages;
    this.foresight = foresight;
    this.schedule = schedule;
    this.log = log;
    this.clock = clock;
  }

  /// How a hand-off stands before somebody writes.
  ///
  /// @param ticked what of the list is, in its order
  /// @param notes how many notes of theirs wait
  record Draft(HandoffRules rules, List<String> ticked, int notes) {}

  /// The draft of whoever has, or had, this shift. For anybody else, and for a shift that is not
  /// there, one without list: what they write is refused.
  Draft draft(ConnectionId connection, Participant author, UUID shift) {
    return mine(connection, author, shift)
        .map(mine -> {
          HandoffRules rules = tellings.of(mine.rotation().id()).handoff();
          List<String> ticked =
              table
                  .openOf(mine.rotation().id(), mine.shift().role(), author)
                  .or(() -> table.handedOver(shift))
                  .map(handoff -> HandingOver.ticked(rules, handoff))
                  .orElse(List.of());
          return new Draft(
              rules, ticked, notes.waiting(mine.rotation().id(), mine.shift().role(), author));
        })
        .orElse(new Draft(HandoffRules.DEFAULT, List.of(), 0));
  }

  /// Somebody's own shift of a rotation that is there.
  private record Mine(RotationEntity rotation, ShiftEntity shift) {}

  private Optional<Mine> mine(ConnectionId connection, Participant author, UUID shift) {
    return found(connection, shift)
        .filter(each -> each.shift().person().filter(author::equals).isPresent());
  }

  private Optional<Mine> found(ConnectionId connection, UUID id) {
    return shifts
        .byId(id)
        .flatMap(shift ->
            rotations
                .byId(shift.rotation())
                .filter(rotation -> rotation.deletedAt().isEmpty())
                .filter(rotation -> rotation.connection().equals(connection))
                .map(rotation -> new Mine(rotation, shift)));
  }

  /// Leaves a note for whoever takes over after this shift, and ticks what is done. If somebody has
  /// taken over already, it reaches the person on duty now, as long as [HandoffRules#WINDOW] lasts.
  ///
  /// @param author who writes; only the person of the shift may
  /// @param text may be empty where items can be ticked
  /// @param ticked every item that is done; null where only a note is written
  RotationOutcome write(
      Actor actor,
      ConnectionId connection,
      Participant author,
      UUID shift,
      String text,
      @Nullable List<String> ticked) {
    Optional<Mine> found = found(connection, shift);
    if (found.isEmpty()) {
      return new RotationOutcome.NotFound();
    }
    RotationEntity rotation = found.get().rotation();
    ShiftEntity served = found.get().shift();
    HandoffRules rules = tellings.of(rotation.id()).handoff();
    boolean ticks = ticked != null && !rules.checklist().isEmpty();
    Optional<Problem> wrong = text.isBlank() && ticks ? Optional.empty() : HandoffNotes.check(text);
    if (!served.person().equals(Optional.of(author))) {
      wrong = Optional.of(onlyThePersonOnDuty(rotation.name()));
    }
    List<Participant> now = now(rotation, served.role());
    // Whoever is on duty beside somebody has nobody to hand over to yet.
    boolean late = !now.isEmpty() && !now.contains(author);
    if (wrong.isEmpty()
        && late
        && served.endsAt().plus(HandoffRules.WINDOW).isBefore(clock.instant())) {
      wrong = Optional.of(tooLate(rotation.name()));
    }
    if (wrong.isPresent()) {
      return new RotationOutcome.Refused(List.of(wrong.get()));
    }
    Optional<Note> note = text.isBlank() ? Optional.empty() : Optional.of(new Note(author, text));
    List<String> done = ticks ? ticked : null;
    if (late) {
      late(rotation, served, now.getFirst(), note, done, rules);
    } else {
      keep(rotation, served, author, note, done, rules);
    }
    if (note.isPresent()) {
      log.noteWritten(actor, rotation);
    } else {
      log.checklistTicked(actor, rotation);
    }
    return new RotationOutcome.Done(foresight.view(rotation));
  }

  private void keep(
      RotationEntity rotation,
      ShiftEntity shift,
      Participant author,
      Optional<Note> note,
      @Nullable List<String> ticked,
      HandoffRules rules) {
    Handoff open = table.opened(rotation.id(), shift.role(), author, shift.id());
    note.ifPresent(each -> notes.keep(open, each));
    if (ticked != null) {
      table.tick(open.id(), inOrder(rules, ticked));
    }
    if (note.isPresent() || ticked != null && Handoff.done(rules.checklist(), ticked)) {
      messages.settle(rotation, open, "your hand-off is prepared.");
    }
  }

  private void late(
      RotationEntity rotation,
      ShiftEntity shift,
      Participant to,
      Optional<Note> note,
      @Nullable List<String> ticked,
      HandoffRules rules) {
    Handoff before =
        table
            .handedOver(shift.id())
            .orElseGet(() ->
                table.opened(
                    rotation.id(), shift.role(), shift.person().orElseThrow(), shift.id()));
    Handoff handoff =
        handingOver.late(
            rotation,
            before,
            to,
            ticked == null ? HandingOver.ticked(rules, before) : inOrder(rules, ticked),
            rules);
    note.ifPresent(each -> {
      turnMessages.lateNote(rotation, to, each);
      if (rules.readers() != NoteReaders.NEXT) {
        notes.keepHandedOver(handoff, each);
      }
    });
    refresh(rotation);
    schedule.set(TellingWork.KIND, rotation.id(), clock.instant());
  }

  /// The person who took over says that they have it.
  ///
  /// @return false when it is not theirs, or not to be acknowledged any more
  boolean acknowledge(Actor actor, ConnectionId connection, Participant by, UUID id) {
    Optional<Handoff> found =
        table
            .find(id)
            .filter(each -> each.state() == Handoff.State.WAITING && by.equals(each.to()));
    Optional<RotationEntity> rotation =
        found
            .flatMap(each -> rotations.byId(each.rotation()))
            .filter(each -> each.active() && each.connection().equals(connection));
    if (found.isEmpty() || rotation.isEmpty()) {
      return false;
    }
    handingOver.acknowledge(rotation.get(), found.get());
    refresh(rotation.get());
    log.handoffAcknowledged(actor, rotation.get(), id);
    return true;
  }

  private void refresh(RotationEntity rotation) {
    announcer.refresh(rotation, foresight.view(rotation), shifts.currentOf(rotation.id()));
  }

  /// Everybody who has a role, whoever has the turn first.
  private List<Participant> now(RotationEntity rotation, String role) {
    return shifts.currentOf(rotation.id()).stream()
        .filter(each -> each.role().equals(role))
        .sorted(Foresight.TURN_FIRST)
        .flatMap(each -> each.person().stream())
        .toList();
  }

  private static List<String> inOrder(HandoffRules rules, List<String> ticked) {
    return rules.checklist().stream().filter(ticked::contains).toList();
  }

  private static Problem onlyThePersonOnDuty(String name) {
    return wrong("only the person on duty writes the hand-off note of \"" + name + "\".");
  }

  private static Problem tooLate(String name) {
    return wrong(
        "your shift in \""
            + name
            + "\" ended more than "
            + HandoffRules.WINDOW.toHours()
            + " hours ago. Write to whoever is on duty now instead.");
  }

  private static Problem wrong(String what) {
    return Problem.ofField("rotations.note", HandoffForms.NOTE, "Note: " + what);
  }
}
