package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The messages of swap and cover requests: the question in the channel, which changes as the
/// request does, its reminders, of which the last alone has buttons, and what is told to one
/// person.
@Component
class RequestMessages {
  private final Chat chat;
  private final ShiftRequestTable table;
  private final RotationPeople people;

  RequestMessages(Chat chat, ShiftRequestTable table, RotationPeople people) {
    this.chat = chat;
    this.table = table;
    this.people = people;
  }

  /// Asks the channel.
  ///
  /// @return the request with its message
  ShiftRequest post(RotationEntity rotation, ShiftRequest request) {
    return request.askedIn(post(rotation, RequestCards.message(of(rotation), request, List.of())));
  }

  /// Brings the question and the last reminder up to date.
  void update(RotationEntity rotation, ShiftRequest request) {
    if (!people.reachable(rotation.connection())) {
      return;
    }
    update(
        rotation,
        request.message(),
        RequestCards.message(of(rotation), request, table.answers(request.id())));
    UUID reminder = request.reminder();
    if (reminder != null) {
      update(
          rotation,
          reminder,
          request.state() == ShiftRequest.State.OPEN
              ? RequestCards.reminder(of(rotation), request, table.answers(request.id()))
              : Content.of(RequestCards.outcome(of(rotation), request)));
    }
  }

  /// Reminds the channel; an earlier reminder loses its buttons.
  ///
  /// @return the message
  UUID remind(RotationEntity rotation, ShiftRequest request) {
    UUID earlier = request.reminder();
    if (earlier != null) {
      update(rotation, earlier, Content.of(RequestCards.outcome(of(rotation), request)));
    }
    return post(
        rotation, RequestCards.reminder(of(rotation), request, table.answers(request.id())));
  }

  /// The channel and the requester hear that nobody took it.
  void tellNobodyTook(RotationEntity rotation, ShiftRequest request) {
    if (people.reachable(rotation.connection())) {
      Content words = Content.of(RequestCards.outcome(of(rotation), request));
      post(rotation, words);
      direct(rotation, request.askedBy(), words);
    }
  }

  /// Both hear that somebody took it; whoever asked for the person can read it in the channel.
  void tellTaken(RotationEntity rotation, ShiftRequest request, Participant by, UUID change) {
    direct(rotation, request.person(), RequestCards.taken(of(rotation), request, by));
    direct(rotation, by, RequestCards.tookIt(of(rotation), request, change));
  }

  void askRequester(RotationEntity rotation, ShiftRequest request, Participant who) {
    direct(rotation, request.askedBy(), RequestCards.perhaps(of(rotation), request, who));
  }

  RequestCards.Of of(RotationEntity rotation) {
    return new RequestCards.Of(
        rotation.id(),
        rotation.name(),
        zone(rotation),
        rotation.layers().stream().map(layer -> layer.role()).distinct().count() > 1,
        people.names(rotation.connection()));
  }

  static ZoneId zone(RotationEntity rotation) {
    return rotation.layers().getFirst().times().zone();
  }

  private UUID post(RotationEntity rotation, Content content) {
    return chat.send(
        rotation.connection(), new OutboundMessage.Post(rotation.conversation(), null, content));
  }

  private void direct(RotationEntity rotation, Participant person, Content content) {
    chat.send(rotation.connection(), new OutboundMessage.Direct(person.account(), content));
  }

  private void update(RotationEntity rotation, UUID message, Content content) {
    chat.send(
        rotation.connection(),
        new OutboundMessage.Update(message, rotation.conversation(), content));
  }
}
