package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends some kinds of message. Each sender is a bean; no two share a kind.
public interface OutboxSender {
  /// The kinds of message it sends; stored with each row, so a kind never changes its name.
  Set<String> kinds();

  /// Sends the message; called outside of any transaction.
  Result send(Item item);

  /// Called in a transaction of the workspace together with the row's last state, once, when the
  /// message was sent or given up.
  default void settled(Item item, Result result) {}

  /// A stored message, opened.
  ///
  /// @param again true when an earlier attempt was begun and its outcome is not known: the message
  ///   may have reached the network already
  /// @param since when the first attempt began, by the database's time: whatever reached the
  ///   network did so after it. Null when there was none
  record Item(
      UUID id,
      WorkspaceId workspace,
      UUID target,
      int attempt,
      boolean again,
      @Nullable Instant since,
      byte[] payload) {
    @Override
    public String toString() {
      return "Item(" + id + ", attempt " + attempt + ")";
    }
  }

  /// What became of a message.
  sealed interface Result {
    /// The network has it.
    ///
    /// @param externalId the network's own id for it; null when it gives none
    record Sent(@Nullable String externalId) implements Result {}

    /// The network asks for patience, and has not taken the message at this attempt; tried again
    /// after this long, and later ones of the lane wait.
    record RateLimited(Duration retryAfter) implements Result {}

    /// The network will never take it; given up.
    record Rejected(String reason) implements Result {}

    /// The network was not reached, or failed; tried again with backoff.
    record Unreachable(String reason) implements Result {}

    /// The network cannot do such a thing; given up.
    record Unsupported(String capability) implements Result {}
  }
}
