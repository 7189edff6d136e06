package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// The direct messages that tell people of their own turn, and the notes that come with it.
@Component
class TurnMessages {
  private final Chat chat;
  private final RotationPeople people;
  private final HandingOver handingOver;

  TurnMessages(Chat chat, RotationPeople people, HandingOver handingOver) {
    this.chat = chat;
    this.people = people;
    this.handingOver = handingOver;
  }

  /// A shift that has begun.
  ///
  /// @param before the one of the same role before it; empty when there was none
  record Begun(ShiftEntity shift, Optional<ShiftEntity> before) {
    /// Whether the person of it had the role before, too.
    boolean goesOn() {
      return shift.person().isPresent()
          && before.filter(last -> last.person().equals(shift.person())).isPresent();
    }
  }

  /// Tells somebody of their shift: anew, or in the message that they have if they go on.
  ///
  /// @param goesOn whether they are told of nothing new
  /// @param beside whether whoever would hand over to them goes on: they read no notes then
  void write(
      RotationEntity rotation,
      Rotation view,
      Begun begun,
      boolean goesOn,
      boolean beside,
      Function<Participant, String> names) {
    ShiftEntity shift = begun.shift();
    Participant person = shift.person().orElse(null);
    if (person == null) {
      return;
    }
    List<HandoffNotes.Note> written =
        beside ? List.of() : handingOver.handOver(rotation, shift.role(), person, begun.before());
    Content content = takeOver(rotation, view, shift, person, names);
    Optional<UUID> earlier =
        goesOn ? begun.before().flatMap(ShiftEntity::directMessage) : Optional.empty();
    if (earlier.isPresent()) {
      update(rotation, person, earlier.get(), content);
      shift.directMessageIs(earlier.get());
    } else {
      shift.directMessageIs(
          chat.send(rotation.connection(), new OutboundMessage.Direct(person.account(), content)));
    }
    written.forEach(note -> note(rotation, person, note, "", names));
  }

  private Content takeOver(
      RotationEntity rotation,
      Rotation view,
      ShiftEntity shift,
      Participant person,
      Function<Participant, String> names) {
    return handingOver.with(
        Cards.takeOver(view, shift, names), rotation, shift.role(), person, names);
  }

  /// Brings the messages of these shifts up to date where they are.
  void refresh(
      RotationEntity rotation,
      Rotation view,
      List<ShiftEntity> current,
      Function<Participant, String> names) {
    for (ShiftEntity shift : current) {
      Optional<Participant> person = shift.person();
      Optional<UUID> message = shift.directMessage();
      if (person.isPresent() && message.isPresent()) {
        update(
            rotation,
            person.get(),
            message.get(),
            takeOver(rotation, view, shift, person.get(), names));
      }
    }
  }

  /// Takes the buttons off the message of a shift that is over, if it has one.
  ///
  /// @param tookOver who has the role now
  void close(
      RotationEntity rotation,
      Rotation view,
      ShiftEntity over,
      List<Participant> tookOver,
      Function<Participant, String> names) {
    Optional<Participant> person = over.person();
    Optional<UUID> message = over.directMessage();
    if (person.isPresent() && message.isPresent()) {
      update(
          rotation,
          person.get(),
          message.get(),
          Cards.turnOver(rotation.name(), over.endsAt(), view.zone(), tookOver, names));
    }
  }

  /// Sends a note that was written after the hand-off.
  void lateNote(RotationEntity rotation, Participant to, HandoffNotes.Note note) {
    note(rotation, to, note, ", late", people.names(rotation.connection(), rotation.people()));
  }

  /// A note is a message of its own, so that it stays when the message about the turn changes.
  private void note(
      RotationEntity rotation,
      Participant to,
      HandoffNotes.Note note,
      String late,
      Function<Participant, String> names) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Direct(to.account(), Cards.note(rotation.name(), note, late, names)));
  }

  private void update(RotationEntity rotation, Participant person, UUID message, Content content) {
    chat.send(
        rotation.connection(), new OutboundMessage.Update(message, person.account(), content));
  }
}
