package dev.bothy.app.rotations;

import dev.bothy.app.rotations.RotationEntity.DirectMessage;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells the channel and the people concerned, and takes the buttons off what is no longer so.
///
/// A new person on duty is a new message, which networks notify of; anything else changes the
/// messages that are there.
@Component
class Announcer {
  private final Chat chat;
  private final RotationPeople people;
  private final HandoffNotes notes;

  Announcer(Chat chat, RotationPeople people, HandoffNotes notes) {
    this.chat = chat;
    this.people = people;
    this.notes = notes;
  }

  /// A rotation was made, resumed or brought back: somebody is on duty where nobody was.
  ///
  /// @param past what becomes of the card that is there, if there is one
  void begun(RotationEntity rotation, Rotation view, Content past, Instant now) {
    postCard(rotation, view, past, 0);
    writeToPersonOnDuty(rotation, view, now);
  }

  /// The turn passed on.
  ///
  /// @param before who was on duty until then; null when nobody was
  /// @param endedAt when that shift ended
  /// @param missed how many hand-offs went by unannounced in between
  void handedOver(
      RotationEntity rotation,
      Rotation view,
      @Nullable Participant before,
      Instant endedAt,
      long missed) {
    Participant person = view.onDuty();
    boolean goesOn = person != null && person.equals(before) && missed == 0;
    if (goesOn && rotation.cardMessage().isPresent()) {
      update(rotation, rotation.cardMessage().get(), Cards.card(view, 0, names(rotation)));
    } else {
      ZoneId zone = rotation.times().zone();
      Content past = Cards.pastCard(rotation.name(), before, endedAt, zone, names(rotation));
      postCard(rotation, view, past, missed);
    }
    writeToPersonOnDuty(rotation, view, endedAt);
  }

  /// Brings the card and the direct message up to date where they are.
  void refresh(RotationEntity rotation, Rotation view) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation
        .cardMessage()
        .ifPresent(card -> update(rotation, card, Cards.card(view, 0, names(rotation))));
    Participant person = view.onDuty();
    if (person != null) {
      rotation
          .directMessage()
          .filter(direct -> direct.account().equals(person.account()))
          .ifPresent(direct -> update(rotation, direct, Cards.takeOver(view, names(rotation))));
    }
  }

  /// The rotation was paused: the card says so, and the direct message loses its buttons.
  void paused(RotationEntity rotation, Rotation view, Instant now) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation
        .cardMessage()
        .ifPresent(card -> update(rotation, card, Cards.card(view, 0, names(rotation))));
    closeDirectMessage(rotation, now, null);
  }

  /// The rotation was deleted: the card offers to undo it, and the direct message loses its
  /// buttons.
  ///
  /// @param goesAt when it is gone for good
  void deleted(RotationEntity rotation, Rotation view, Instant now, Instant goesAt) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    rotation.cardMessage().ifPresent(card -> update(rotation, card, Cards.deleted(view, goesAt)));
    closeDirectMessage(rotation, now, null);
  }

  /// Somebody left the workspace: the channel hears why they are not on the list any more.
  void left(RotationEntity rotation, Participant person) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Post(
            rotation.conversation(),
            null,
            Cards.left(
                rotation.name(), person, rotation.roster().places().isEmpty(), names(rotation))));
  }

  /// Sends a note of its own message, so that it stays when the message about the turn changes.
  void note(RotationEntity rotation, Participant to, HandoffNotes.Note note) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Direct(
            to.account(), Cards.note(rotation.name(), note, names(rotation))));
  }

  private void writeToPersonOnDuty(RotationEntity rotation, Rotation view, Instant endedAt) {
    Participant person = view.onDuty();
    if (person == null) {
      closeDirectMessage(rotation, endedAt, null);
      return;
    }
    Content content = Cards.takeOver(view, names(rotation));
    DirectMessage direct = rotation.directMessage().orElse(null);
    if (direct != null && direct.account().equals(person.account())) {
      update(rotation, direct, content);
    } else {
      closeDirectMessage(rotation, endedAt, person);
      UUID message =
          chat.send(rotation.connection(), new OutboundMessage.Direct(person.account(), content));
      rotation.directMessageIs(person.account(), message);
    }
    notes.handOver(rotation.id(), person).forEach(note -> note(rotation, person, note));
  }

  private void closeDirectMessage(
      RotationEntity rotation, Instant endedAt, @Nullable Participant next) {
    rotation
        .directMessage()
        .ifPresent(direct ->
            update(
                rotation,
                direct,
                Cards.turnOver(
                    rotation.name(), endedAt, rotation.times().zone(), next, names(rotation))));
    rotation.directMessageIs(null, null);
  }

  private void postCard(RotationEntity rotation, Rotation view, Content past, long missed) {
    rotation.cardMessage().ifPresent(card -> update(rotation, card, past));
    Content card = Cards.card(view, missed, names(rotation));
    rotation.cardIs(
        chat.send(
            rotation.connection(), new OutboundMessage.Post(rotation.conversation(), null, card)));
  }

  private void update(RotationEntity rotation, UUID card, Content content) {
    chat.send(
        rotation.connection(), new OutboundMessage.Update(card, rotation.conversation(), content));
  }

  private void update(RotationEntity rotation, DirectMessage direct, Content content) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Update(direct.message(), direct.account(), content));
  }

  private Function<Participant, String> names(RotationEntity rotation) {
    return people.names(rotation.connection());
  }
}
