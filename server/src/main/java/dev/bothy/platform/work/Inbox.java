package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.util.UUID;

/// Takes in what a network delivered. When [#accept] returns [Receipt.Stored] the delivery is on
/// disk and will be handled, whatever happens to this process.
public interface Inbox {
  /// Stores the delivery, or finds that it is here already. Blocks until the batch that carries it
  /// has committed; holds no connection while it waits. Must be called outside of a transaction.
  Receipt accept(Delivery delivery);

  /// One delivery of a network.
  ///
  /// @param source the connection it came through
  /// @param deliveryId the network's own id, or one derived from the content: the same for each
  ///   repetition of the delivery; 1 to 200 characters
  /// @param lane what must stay in order, e.g. a conversation; 1 to 200 characters
  /// @param kind which [InboxHandler] it is for
  /// @param payload stored as ciphertext, erased when its work is done
  record Delivery(
      WorkspaceId workspace,
      UUID source,
      String deliveryId,
      String lane,
      String kind,
      byte[] payload) {}

  /// What became of a delivery.
  sealed interface Receipt {
    /// On disk for the first time.
    record Stored(UUID id) implements Receipt {}

    /// A repetition: this delivery was stored before.
    record Duplicate() implements Receipt {}

    /// Not stored, as far as is known: too much waits to be stored, or the database cannot be
    /// written now. The network should come again.
    record Full(Duration retryAfter) implements Receipt {}
  }
}
