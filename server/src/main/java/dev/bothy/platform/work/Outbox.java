package dev.bothy.platform.work;

import java.util.Optional;
import java.util.UUID;

/// Keeps what is to be sent until the network has taken it. Called within a transaction of the
/// workspace, so that a message exists exactly when the change it tells of does.
public interface Outbox {
  /// Adds a message; it is sent after the transaction has committed.
  ///
  /// @return the message's id, by which later messages can refer to it ([#externalId])
  UUID add(Message message);

  /// The network's own id of a message that was sent; empty while it has not been.
  Optional<String> externalId(UUID message);

  /// The message of a target that the network knows by this id. A network's ids of a message that
  /// became several there are joined by `+`; it is found by the first. Of several messages with the
  /// same id, such as one and its changes, the first that was added.
  Optional<UUID> byExternalId(UUID target, String externalId);

  /// One message to send.
  ///
  /// @param target the connection it goes through
  /// @param lane what must stay in order, e.g. a conversation; 1 to 200 characters
  /// @param kind which [OutboxSender] it is for
  /// @param payload stored as ciphertext, erased when it was sent
  record Message(UUID target, String lane, String kind, byte[] payload) {}
}
