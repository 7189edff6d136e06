package dev.bothy.platform.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened in a network, in words that all networks share.
///
/// Each is an immutable record. `conversation`, `author`, `message` and `thread` are the network's
/// own ids, meaningful together with the connection the event came through; `author` is the account
/// that did it. Text is as people typed it, with mentions as `<@id>` and no other markup of the
/// network's. Stored as JSON while it waits, so a record's components only ever get additions that
/// may be absent.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = InboundEvent.MessagePosted.class, name = "message-posted"),
  @JsonSubTypes.Type(value = InboundEvent.MessageEdited.class, name = "message-edited"),
  @JsonSubTypes.Type(value = InboundEvent.MessageDeleted.class, name = "message-deleted"),
  @JsonSubTypes.Type(value = InboundEvent.CommandInvoked.class, name = "command-invoked"),
  @JsonSubTypes.Type(value = InboundEvent.ActionTaken.class, name = "action-taken"),
  @JsonSubTypes.Type(value = InboundEvent.FormSubmitted.class, name = "form-submitted"),
  @JsonSubTypes.Type(value = InboundEvent.ReactionAdded.class, name = "reaction-added"),
  @JsonSubTypes.Type(value = InboundEvent.MemberJoined.class, name = "member-joined"),
  @JsonSubTypes.Type(value = InboundEvent.MemberLeft.class, name = "member-left"),
  @JsonSubTypes.Type(value = InboundEvent.HomeOpened.class, name = "home-opened"),
  @JsonSubTypes.Type(value = InboundEvent.AppRemoved.class, name = "app-removed")
})
public sealed interface InboundEvent {
  /// The conversation it happened in; what happens in one conversation is handled in order. Empty
  /// for what belongs to none.
  String conversation();

  /// A message was posted.
  ///
  /// @param thread the message it answers; null when it starts its own
  /// @param answered who wrote the message it answers, so that a feature tells answers to us from
  ///   others before anything is stored; null when it answers none or the network does not tell
  record MessagePosted(
      String conversation,
      @Nullable String thread,
      String message,
      String author,
      String text,
      @Nullable String answered)
      implements InboundEvent {
    /// One of which is not told whom it answers.
    public MessagePosted(
        String conversation, @Nullable String thread, String message, String author, String text) {
      this(conversation, thread, message, author, text, null);
    }

    /// Whether it may stand below a message of ours: it answers us, or the network does not tell
    /// whom. [Chat#message] knows for certain.
    public boolean mayAnswer(ChatConnection connection) {
      return thread != null && (answered == null || answered.equals(connection.botId()));
    }

    @Override
    public String toString() {
      return "MessagePosted(" + conversation + ", " + message + ")";
    }
  }

  /// The text of a message was changed by its author.
  record MessageEdited(String conversation, String message, String author, String text)
      implements InboundEvent {
    @Override
    public String toString() {
      return "MessageEdited(" + conversation + ", " + message + ")";
    }
  }

  /// A message was taken back.
  record MessageDeleted(String conversation, String message) implements InboundEvent {}

  /// Somebody typed a command.
  ///
  /// @param command with its slash, e.g. `/rotation`
  /// @param text what follows it, trimmed; may be empty
  record CommandInvoked(
      String conversation, String author, String command, String text, ReplyHandle reply)
      implements InboundEvent {
    @Override
    public String toString() {
      return "CommandInvoked(" + conversation + ", " + command + ")";
    }
  }

  /// Somebody pressed a button or chose from a select.
  ///
  /// @param message the message that carries it
  /// @param action the id that the app gave it, `module.what`
  /// @param value what the app gave it, or the option chosen
  record ActionTaken(
      String conversation,
      String author,
      String message,
      String action,
      String value,
      ReplyHandle reply)
      implements InboundEvent {
    @Override
    public String toString() {
      return "ActionTaken(" + conversation + ", " + action + ")";
    }
  }

  /// Somebody sent a form. The answer ([ChatFeature.Answer]) is shown in the form.
  ///
  /// @param form the id that the app gave it, `module.what`
  /// @param context what the app put into the form when it opened it
  /// @param values by field id; a field left empty has an empty list
  record FormSubmitted(
      String conversation,
      String author,
      String form,
      String context,
      Map<String, List<String>> values,
      ReplyHandle reply)
      implements InboundEvent {
    @Override
    public String toString() {
      return "FormSubmitted(" + form + ")";
    }
  }

  /// Somebody reacted to a message.
  ///
  /// @param reaction the name without colons, e.g. `ticket`
  record ReactionAdded(String conversation, String message, String author, String reaction)
      implements InboundEvent {}

  /// An account joined a conversation.
  record MemberJoined(String conversation, String author) implements InboundEvent {}

  /// An account left a conversation.
  record MemberLeft(String conversation, String author) implements InboundEvent {}

  /// Somebody opened the app's own page, which is to be answered with [OutboundMessage.Home].
  ///
  /// @param shown the network's mark of what the page shows at present, for
  ///   [OutboundMessage.Home#over]; null when it shows nothing yet or the network has no such mark
  record HomeOpened(String conversation, String author, @Nullable String shown)
      implements InboundEvent {}

  /// The app was removed from the network's workspace.
  ///
  /// @param reason a word of the connector's, e.g. `app-uninstalled`; null when it gave none
  /// @param at when, as the network tells; null when it does not
  record AppRemoved(String conversation, @Nullable String reason, @Nullable Instant at)
      implements InboundEvent {}
}
