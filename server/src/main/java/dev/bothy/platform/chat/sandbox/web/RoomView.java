package dev.bothy.platform.chat.sandbox.web;

import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.sandbox.RoomPerson;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The room as one person of it sees it.
///
/// @param acting whom the visitor acts as
/// @param conversation a channel's name, or `@` and an account
/// @param topic what stands over the channel; empty when nothing does
/// @param groups who is in each group, in words, by the group's name
/// @param thread the message whose thread is open; null when none is
/// @param form what waits for the person; null when nothing does
/// @param canAct whether the visitor may do more than look
/// @param canClear whether the visitor may clear the room
public record RoomView(
    String slug,
    RoomPerson acting,
    List<RoomPerson> people,
    List<String> channels,
    String conversation,
    String topic,
    Map<String, String> groups,
    List<MessageView> messages,
    @Nullable UUID thread,
    List<MessageView> threadMessages,
    @Nullable FormView form,
    List<ChatFeature.Command> commands,
    boolean canAct,
    boolean canClear) {
  /// What the conversation is called.
  public String title() {
    return direct() ? "Bothy" : "#" + conversation;
  }

  /// Whether Bothy and the person are among themselves.
  public boolean direct() {
    return conversation.startsWith("@");
  }

  /// Changes whenever the list of people must be drawn anew.
  public String peopleVersion() {
    StringBuilder version = new StringBuilder(acting.account());
    people.forEach(
        person -> version.append(person.account()).append(person.active()).append(person.unread()));
    return version.toString();
  }

  /// Whom one finds by which name, for the list to be drawn anew when it changes.
  public String groupsVersion() {
    return groups.toString();
  }

  /// The form's id, or `none`.
  public String formVersion() {
    return form == null ? "none" : form.id().toString();
  }

  /// A new id for what is sent next.
  public UUID fresh() {
    return UUID.randomUUID();
  }
}
