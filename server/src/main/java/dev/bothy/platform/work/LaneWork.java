package dev.bothy.platform.work;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a worker does with the lanes of one queue.
interface LaneWork {
  Queue queue();

  /// The kinds that this version of the server knows; others are left to those who do.
  Set<String> kinds();

  /// By which time lanes are due: the injected clock's, or null for the database's.
  @Nullable Instant now();

  /// Works on the lane's head.
  ///
  /// @throws LeaseLost if the lane was taken over; nothing was completed then
  Step step(Lane lane, UUID token);

  /// When what waits in the lane is ready; empty when nothing waits. Called with the lane locked.
  Optional<Lanes.Ready> next(Lane lane);

  /// What became of a lane's head.
  sealed interface Step {
    /// It is settled, one way or the other; the next one may come.
    record Settled() implements Step {}

    /// There was none.
    record Empty() implements Step {}

    /// It must wait, and what is behind it waits too.
    record Wait(Lanes.Ready until) implements Step {}
  }
}
