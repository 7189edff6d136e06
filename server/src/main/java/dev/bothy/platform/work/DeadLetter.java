package dev.bothy.platform.work;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A piece of work that was put aside after its last retry, or that can never succeed. It no longer
/// holds its conversation, and stays for 30 days unless somebody retries or drops it.
///
/// @param kind which handler or sender it is for, e.g. `chat.slack`
/// @param connection what it came through, or was to go out through
/// @param lane what it stood in order with, e.g. a conversation
/// @param attempts how often it was tried
/// @param problem of the last attempt: names of exceptions or a network's own code, never content
/// @param cameAt when it came in or was to be sent
/// @param diedAt when it was put aside
public record DeadLetter(
    Box box,
    UUID id,
    String kind,
    UUID connection,
    String lane,
    int attempts,
    String problem,
    Instant cameAt,
    Instant diedAt) {
  /// Where it stood.
  public enum Box {
    /// An event that came in.
    INBOX(Queue.INBOX),
    /// A message that was to go out.
    OUTBOX(Queue.OUTBOX);

    private final Queue queue;

    Box(Queue queue) {
      this.queue = queue;
    }

    /// The word in addresses and in the audit log.
    public String word() {
      return queue.id();
    }

    /// The box of this word; null for any other.
    public static @Nullable Box of(String word) {
      for (Box box : values()) {
        if (box.word().equals(word)) {
          return box;
        }
      }
      return null;
    }

    Queue queue() {
      return queue;
    }
  }

  /// Which letters are meant.
  ///
  /// @param box null for both
  /// @param problem exactly this one; null for any
  public record Filter(@Nullable Box box, @Nullable String problem) {}

  /// A place in the list of letters, newest first: what was put aside before this one comes after
  /// it.
  public record Place(Instant diedAt, UUID id) {}

  /// How many letters have the same problem.
  public record Group(Box box, String problem, long letters) {}
}
