package dev.bothy.platform.chat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that Bothy says in a network. Conversations, accounts and threads are the network's
/// own ids; a message of ours is named by the id that [Chat#send] returned for it. Stored as JSON
/// while it waits, so a record's components only ever get additions that may be absent.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OutboundMessage.Post.class, name = "post"),
  @JsonSubTypes.Type(value = OutboundMessage.Direct.class, name = "direct"),
  @JsonSubTypes.Type(value = OutboundMessage.Update.class, name = "update"),
  @JsonSubTypes.Type(value = OutboundMessage.Delete.class, name = "delete"),
  @JsonSubTypes.Type(value = OutboundMessage.Ephemeral.class, name = "ephemeral"),
  @JsonSubTypes.Type(value = OutboundMessage.OpenForm.class, name = "open-form"),
  @JsonSubTypes.Type(value = OutboundMessage.Home.class, name = "home"),
  @JsonSubTypes.Type(value = OutboundMessage.Reply.class, name = "reply"),
  @JsonSubTypes.Type(value = OutboundMessage.Join.class, name = "join"),
  @JsonSubTypes.Type(value = OutboundMessage.Topic.class, name = "topic"),
  @JsonSubTypes.Type(value = OutboundMessage.GroupMembers.class, name = "group-members")
})
public sealed interface OutboundMessage {
  /// The conversation or account it goes to; what goes to the same one keeps its order.
  @JsonIgnore
  default String destination() {
    return switch (this) {
      case Post post -> post.conversation();
      case Direct direct -> direct.account();
      case Update update -> update.conversation();
      case Delete delete -> delete.conversation();
      case Ephemeral ephemeral -> ephemeral.conversation();
      case OpenForm openForm -> openForm.conversation();
      case Home home -> home.account();
      case Reply reply -> reply.conversation();
      case Join join -> join.conversation();
      case Topic topic -> topic.conversation();
      case GroupMembers members -> members.group();
    };
  }

  /// What a network must be able to do to take it.
  @JsonIgnore
  default Capability needs() {
    return switch (this) {
      case Post post -> post.thread() == null ? Capability.POST : Capability.THREAD;
      case Direct _ -> Capability.DIRECT;
      case Update _ -> Capability.UPDATE;
      case Delete _ -> Capability.DELETE;
      case Ephemeral _ -> Capability.EPHEMERAL;
      case OpenForm _ -> Capability.FORM;
      case Home _ -> Capability.HOME;
      case Reply _ -> Capability.THREAD;
      case Join _ -> Capability.JOIN;
      case Topic _ -> Capability.TOPIC;
      case GroupMembers _ -> Capability.GROUP;
    };
  }

  /// A message in a conversation.
  ///
  /// @param thread the network's id of the message it answers; null when it starts its own
  record Post(String conversation, @Nullable String thread, Content content)
      implements OutboundMessage {}

  /// A message to one person alone.
  record Direct(String account, Content content) implements OutboundMessage {}

  /// New content for a message of ours.
  ///
  /// @param message the id that [Chat#send] returned
  /// @param conversation the conversation or account that it was sent to, which keeps the order
  record Update(UUID message, String conversation, Content content) implements OutboundMessage {}

  /// Takes back a message of ours.
  ///
  /// @param message the id that [Chat#send] returned
  /// @param conversation the conversation or account that it was sent to, which keeps the order
  record Delete(UUID message, String conversation) implements OutboundMessage {}

  /// Shows something to one person in a conversation.
  ///
  /// @param reply of the action that it answers; [ReplyHandle#NONE] when it answers none
  record Ephemeral(String conversation, String account, ReplyHandle reply, Content content)
      implements OutboundMessage {}

  /// Opens a form for the person whose action is answered.
  record OpenForm(String conversation, String account, ReplyHandle reply, Form form)
      implements OutboundMessage {}

  /// What the app's own page shows to one person from now on, in place of all that it showed.
  /// Content that has no room there is shortened, with a last line that says so.
  ///
  /// @param over [InboundEvent.HomeOpened#shown] of what it was made in answer to; null when it
  ///   answers no opening
  record Home(String account, @Nullable String over, Content content) implements OutboundMessage {}

  /// An answer in the thread below a message of ours, sent after it. Given up when that one was.
  ///
  /// @param message the id that [Chat#send] returned, of one that starts its own thread
  /// @param conversation the conversation or account that it was sent to, which keeps the order
  record Reply(UUID message, String conversation, Content content) implements OutboundMessage {}

  /// Joins a public conversation. Where we are in it already nothing happens.
  record Join(String conversation) implements OutboundMessage {}

  /// Sets the topic of a conversation that we are in.
  ///
  /// @param text without format; empty to have none. A network with less room shortens it
  record Topic(String conversation, String text) implements OutboundMessage {}

  /// Says who is in a group, in place of all who were. The group stays as it was when it is given
  /// up.
  ///
  /// @param group the network's id of the group, which exists already
  /// @param accounts at least one: networks know no empty group, so whoever has nobody for it
  ///   leaves it as it is
  record GroupMembers(String group, List<String> accounts) implements OutboundMessage {
    public GroupMembers {
      accounts = List.copyOf(accounts);
    }
  }
}
