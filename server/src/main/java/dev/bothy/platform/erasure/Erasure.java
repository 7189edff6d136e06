package dev.bothy.platform.erasure;

import dev.bothy.platform.kernel.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An erasure, under way or done.
///
/// @param requestedBy null for Bothy itself, as when a time is over
/// @param rows how many rows went or were changed so far, by table
/// @param notes what else is to be known of it, in words
public record Erasure(
    UUID id,
    ErasureTarget target,
    @Nullable PersonId requestedBy,
    Instant requestedAt,
    State state,
    SortedMap<String, Long> rows,
    List<String> notes) {
  public Erasure {
    notes = List.copyOf(notes);
  }

  /// How far it is.
  public sealed interface State {
    /// It goes on by itself.
    ///
    /// @param step what it does now, such as `identity` or `rows:rotations`
    /// @param place the step's, from 1
    /// @param of how many steps there are
    record Running(String step, int place, int of) implements State {}

    /// Something is missing; it is tried again and again.
    ///
    /// @param why in words
    record Waiting(String step, String why) implements State {}

    /// All is gone, and there is a receipt.
    record Done(Instant at) implements State {}
  }

  /// Whether it is done.
  public boolean isDone() {
    return state instanceof State.Done;
  }
}
