package dev.bothy.app.rotations.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a layer stands: its turn that runs, and what the next ones depend on.
///
/// @param since the hand-off that began the turn
/// @param person whose turn it is; null when it is nobody's
/// @param place the place that the order is counted on from
/// @param owed who was skipped, in the order in which they serve next
/// @param served how long each has served, where the order is [Order#BALANCED]; else empty
public record Cursor(
    Instant since,
    @Nullable Participant person,
    int place,
    List<Participant> owed,
    Map<Participant, Duration> served) {
  public Cursor {
    owed = List.copyOf(owed);
    served = Map.copyOf(served);
  }

  /// Before the first turn.
  public static Cursor before(Instant since) {
    return new Cursor(since, null, Integer.MIN_VALUE, List.of(), Map.of());
  }
}
