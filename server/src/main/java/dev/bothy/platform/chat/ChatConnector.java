package dev.bothy.platform.chat;

import dev.bothy.platform.work.OutboxSender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Speaks one network. A connector renders the portable model as well as its network can; for what
/// it cannot do it answers `Unsupported`. Every connector passes `ChatConnectorContract`.
public interface ChatConnector {
  /// The network it speaks.
  Network network();

  /// What the network can do.
  Set<Capability> capabilities();

  /// Those of [#capabilities] that a connection has only where an admin wants them and the network
  /// has granted them, which the connector tells ([Connections#grant]).
  default Set<Capability> optional() {
    return Set.of();
  }

  /// How a message is named in [OutboxSender.Result.Sent], of which events tell the conversation
  /// and the network's id. Of one that became several: as the first would be, alone.
  default String externalId(String conversation, String message) {
    return message;
  }

  /// Sends a message; called outside of any transaction.
  ///
  /// @param delivery what to send
  OutboxSender.Result send(Delivery delivery);

  /// Asks the network who is behind an account; called outside of any transaction. Empty when the
  /// network knows no such account.
  ///
  /// @throws java.io.IOException when the network was not reached or would not say
  Optional<Account> lookUp(ChatConnection connection, String account) throws java.io.IOException;

  /// Asks the network for the e-mail address of an account of the company's own; called outside of
  /// any transaction. It is compared in memory and stored nowhere, by nobody, nor logged. Empty
  /// when the network tells none, has not confirmed it, or knows no such account.
  ///
  /// @throws java.io.IOException when the network was not reached or would not say
  default Optional<String> emailOf(ChatConnection connection, String account)
      throws java.io.IOException {
    return Optional.empty();
  }

  /// Asks the network which groups there are, by name; called outside of any transaction. Empty
  /// where it knows none.
  ///
  /// @throws java.io.IOException when the network was not reached or would not say
  default List<Group> groups(ChatConnection connection) throws java.io.IOException {
    return List.of();
  }

  /// A message on its way.
  ///
  /// @param id the id that [Chat#send] returned; stable over attempts
  /// @param again true when an earlier attempt may have reached the network
  /// @param since when the first attempt began, by the database's time; null when there was none
  /// @param target the network's id of the message to update, delete or answer; null for other
  ///   messages
  record Delivery(
      UUID id,
      ChatConnection connection,
      OutboundMessage message,
      boolean again,
      @Nullable Instant since,
      @Nullable String target) {
    /// A first attempt.
    public Delivery(
        UUID id, ChatConnection connection, OutboundMessage message, @Nullable String target) {
      this(id, connection, message, false, null, target);
    }
  }
}
