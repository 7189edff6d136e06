package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a hand-off stands.
///
/// @param from who hands over
/// @param shift the latest of their shifts that it is about; null of a note that was written before
///   hand-offs were kept
/// @param ticked what of the checklist is done
/// @param leftOpen what of it is not; known once it is handed over
/// @param to who took over; null until then
/// @param changedAt when it came into its state
/// @param reminder our message that reminds of that state; null when there is none
record Handoff(
    UUID id,
    UUID rotation,
    String role,
    Participant from,
    @Nullable UUID shift,
    State state,
    List<String> ticked,
    List<String> leftOpen,
    @Nullable Participant to,
    Instant changedAt,
    @Nullable UUID reminder) {
  Handoff {
    ticked = List.copyOf(ticked);
    leftOpen = List.copyOf(leftOpen);
  }

  /// The one state that it is in.
  enum State {
    /// Nobody else has taken over: items are ticked and notes written.
    OPEN,
    /// Handed over without what was expected; it can still be written.
    UNANSWERED,
    /// The next person has it, and has not said so yet.
    WAITING,
    /// The next person has said so.
    ACKNOWLEDGED,
    /// The role was handed on since then. A late note opens it again.
    CLOSED;

    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }

  /// Whether every item of a list is ticked, and there is one.
  static boolean done(List<String> checklist, List<String> ticked) {
    return !checklist.isEmpty() && ticked.containsAll(checklist);
  }
}
