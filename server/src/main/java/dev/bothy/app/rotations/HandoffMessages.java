package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import org.springframework.stereotype.Component;

/// Reminds people of hand-offs, each state once, and takes the buttons off a reminder that has come
/// to its end.
@Component
class HandoffMessages {
  private final HandoffTable table;
  private final Chat chat;

  HandoffMessages(HandoffTable table, Chat chat) {
    this.table = table;
    this.chat = chat;
  }

  /// Reminds whoever the hand-off waits for.
  void remind(RotationEntity rotation, Handoff handoff, Content content) {
    table.remindedBy(
        handoff.id(),
        chat.send(
            rotation.connection(),
            new OutboundMessage.Direct(waitsFor(handoff).account(), content)));
  }

  /// The reminder, if there is one, says what came of it. Called before the state changes.
  void settle(RotationEntity rotation, Handoff handoff, String what) {
    if (handoff.reminder() == null) {
      return;
    }
    chat.send(
        rotation.connection(),
        new OutboundMessage.Update(
            handoff.reminder(),
            waitsFor(handoff).account(),
            HandoffCards.settled(rotation.name(), what)));
    table.remindedBy(handoff.id(), null);
  }

  private static Participant waitsFor(Handoff handoff) {
    Participant next = handoff.to();
    return switch (handoff.state()) {
      case OPEN, UNANSWERED -> handoff.from();
      case WAITING, ACKNOWLEDGED, CLOSED -> next == null ? handoff.from() : next;
    };
  }
}
