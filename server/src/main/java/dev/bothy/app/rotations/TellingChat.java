package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.InboundEvent.ActionTaken;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The buttons below what rotations say beside hand-offs, what they wish of a network, and what
/// becomes of a message that it refused.
@Component
class TellingChat implements ChatFeature {
  static final String ID = "rotations-telling";

  private final TellingTable tellings;
  private final AbsenceQuestions questions;
  private final Chat chat;
  private final Clock clock;

  TellingChat(TellingTable tellings, AbsenceQuestions questions, Chat chat, Clock clock) {
    this.tellings = tellings;
    this.questions = questions;
    this.chat = chat;
    this.clock = clock;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Command> commands() {
    return List.of();
  }

  @Override
  public Map<Capability, String> needs() {
    Map<Capability, String> needs = new EnumMap<>(Capability.class);
    needs.put(Capability.DIRECT, "People are reminded of their shifts.");
    needs.put(Capability.ACTIONS, "Whoever is away during a turn says whether they keep it.");
    return needs;
  }

  @Override
  public Map<Capability, String> wishes() {
    Map<Capability, String> wishes = new EnumMap<>(Capability.class);
    wishes.put(Capability.JOIN, "A rotation joins its public channel without being invited.");
    wishes.put(Capability.POST_ANYWHERE, "A rotation posts in public channels that it is not in.");
    wishes.put(Capability.TOPIC, "The topic of a rotation's channel says who is on duty.");
    wishes.put(Capability.GROUP, "People mention whoever is on duty by the name of a group.");
    return wishes;
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    if (event instanceof ActionTaken action) {
      String[] ids = action.value().split(" ", 2);
      boolean keep = action.action().equals(TellingCards.KEEP);
      if (ids.length != 2 || !answered(ids, action.author(), keep)) {
        chat.send(
            connection.id(),
            new OutboundMessage.Direct(
                action.author(), Content.of("This question is not open any more.")));
      }
    }
    return new Answer.Done();
  }

  private boolean answered(String[] ids, String account, boolean keep) {
    try {
      return questions.answered(
          UUID.fromString(ids[0]), UUID.fromString(ids[1]), account, keep, clock.instant());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The rotation remembers what was refused of its card, its topic and its group.
  @Override
  public void givenUp(ConnectionId connection, UUID message, OutboundMessage what, String reason) {
    for (UUID rotation : concerned(connection, message, what)) {
      tellings.refuse(rotation, message, reason);
    }
  }

  private List<UUID> concerned(ConnectionId connection, UUID message, OutboundMessage what) {
    return switch (what) {
      case OutboundMessage.Post post -> tellings.withCard(connection, post.destination(), message);
      case OutboundMessage.Topic topic -> tellings.withTopic(connection, topic.destination());
      case OutboundMessage.GroupMembers members -> tellings.withGroup(connection, members.group());
      case OutboundMessage.Direct _,
          OutboundMessage.Update _,
          OutboundMessage.Delete _,
          OutboundMessage.Ephemeral _,
          OutboundMessage.OpenForm _,
          OutboundMessage.Home _,
          OutboundMessage.Reply _,
          OutboundMessage.Join _ ->
          List.of();
    };
  }
}
