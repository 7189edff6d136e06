package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What an app does in chat. Each is a bean; what it wants is stored and handled, the rest is
/// acknowledged and dropped.
public interface ChatFeature {
  /// The app's module id. Actions and forms whose id starts with it and a dot are this feature's.
  String id();

  /// The commands it serves.
  List<Command> commands();

  /// What it needs of a network, each with the reason that the connector's manifest page gives.
  Map<Capability, String> needs();

  /// What it could use of a network and does without, each with the reason that an admin reads who
  /// may switch it on. It is asked for only where that was done, so before using it the feature
  /// looks whether it is among [Chat#capabilities].
  default Map<Capability, String> wishes() {
    return Map.of();
  }

  /// Whether it wants this event. Called before anything is stored, so it reads no database.
  /// Commands, actions and forms of its own come to it without being asked for. One that wants
  /// [InboundEvent.HomeOpened] names [Capability#HOME] among its needs.
  default boolean wants(ChatConnection connection, InboundEvent event) {
    return false;
  }

  /// The accounts, beside the author and those mentioned in a text, that handling this event asks
  /// the directory for, such as those chosen in a people field.
  default Set<String> accounts(InboundEvent event) {
    return Set.of();
  }

  /// Does what the event asks for, in a transaction of the connection's workspace. An answer with
  /// errors means that nothing was written. Other features that want the event handle it in
  /// transactions of their own, before or after: what one throws makes it try again, and only it.
  Answer handle(ChatConnection connection, InboundEvent event);

  /// A message was given up: the network refuses it, or was away for too long. Called in a
  /// transaction of the connection's workspace, for every message of every app; a feature knows its
  /// own by the id. An exception would keep the message from being given up.
  ///
  /// @param message the id that [Chat#send] returned
  /// @param reason in words for people
  default void givenUp(
      ConnectionId connection, UUID message, OutboundMessage what, String reason) {}

  /// A command.
  ///
  /// @param name with its slash
  /// @param description one line, for the network's list of commands
  /// @param usage what may follow it, e.g. `new | list | help`
  record Command(String name, String description, String usage) {}

  /// The answer to a form; for other events [Done].
  sealed interface Answer {
    /// It is done.
    record Done() implements Answer {}

    /// The form is shown again with these errors; nothing was changed.
    ///
    /// @param byField field id to what was wrong and what is allowed; never empty
    record FieldErrors(Map<String, String> byField) implements Answer {}
  }
}
