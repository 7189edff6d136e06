package dev.bothy.platform.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one part of the service is doing, in words for the people who run it.
///
/// @param name the part as people know it, e.g. `Database`, `Slack (Acme)`; at most 40 characters
/// @param sentence what is so, and if it is not well, what to do next; one or two sentences
/// @param since since when it is in this state; null when that is not known
public record PartHealth(String name, State state, String sentence, @Nullable Instant since) {
  /// How well a part is, best first.
  public enum State {
    /// It does all that it is for.
    OK,
    /// It works, but slower or less than it should; nothing is lost.
    DEGRADED,
    /// It does not work; what needs it waits or fails.
    DOWN
  }

  /// A part that is well.
  public static PartHealth ok(String name, String sentence) {
    return new PartHealth(name, State.OK, sentence, null);
  }

  /// A part that works less well than it should.
  public static PartHealth degraded(String name, String sentence, @Nullable Instant since) {
    return new PartHealth(name, State.DEGRADED, sentence, since);
  }

  /// A part that does not work.
  public static PartHealth down(String name, String sentence, @Nullable Instant since) {
    return new PartHealth(name, State.DOWN, sentence, since);
  }
}
