package dev.bothy.platform.work;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a worker does with the lanes of one queue.
interface LaneWork {
  Queue queue();

  /// The kinds that this version of the server knows; others are left to those who do.
  Set<String> kinds();

  /// Those of them that are worked on while a [WorkGate] is closed.
  default Set<String> kindsWhileHeld() {
    return Set.of();
  }

  /// How many claims are worked on at once, 1 or more.
  int workers();

  /// How many lanes a claim has at most.
  int lanesAClaim();

  /// By which time lanes are due: the injected clock's, or null for the database's.
  @Nullable Instant now();

  /// Works on the claim's lanes and gives each of them back. A lane that is not given back, because
  /// of an exception, is free when the lease has run out.
  ///
  /// @throws LeaseLost if a lane was taken over; nothing was completed then
  void work(Claim claim);

  /// When what waits in each of these lanes is ready; a lane in which nothing waits is left out.
  /// Called in a transaction of the lanes' workspace, with the lanes locked.
  Map<Lane, Lanes.Ready> next(Collection<Lane> lanes);
}
