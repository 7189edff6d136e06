package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Lanes of one workspace that a worker of this process holds until it has given each of them back.
///
/// Whether it still holds them in truth is decided in the database, by the token, when a
/// transaction commits. [#isHeld] is the cheap question before something that no transaction can
/// undo, such as sending: it answers by this process's own monotonic clock, so that a worker that
/// was paused does not go on with what another has taken over.
final class Claim {
  private final WorkspaceId workspace;
  private final UUID token;
  private final List<Lane> lanes;
  private final Set<Lane> interrupted;
  private final Set<Lane> open;
  private final Duration length;
  private volatile long renewedAt;
  private volatile boolean lost;
  private volatile boolean ending;
  private @Nullable Lane prepared;
  private long preparedSince;

  /// @param lanes at least one
  /// @param interrupted those of them whose earlier claim ran out instead of being given back
  /// @param length how long it holds without being renewed
  /// @param asked [System#nanoTime] before the database was asked for it
  Claim(
      WorkspaceId workspace,
      UUID token,
      List<Lane> lanes,
      Set<Lane> interrupted,
      Duration length,
      long asked) {
    this.workspace = workspace;
    this.token = token;
    this.lanes = List.copyOf(lanes);
    this.interrupted = Set.copyOf(interrupted);
    this.open = new ConcurrentSkipListSet<>(lanes);
    this.length = length;
    this.renewedAt = asked;
  }

  WorkspaceId workspace() {
    return workspace;
  }

  UUID token() {
    return token;
  }

  /// Those that were claimed, whether or not they were given back since.
  List<Lane> lanes() {
    return lanes;
  }

  /// Those that have not been given back.
  List<Lane> open() {
    return List.copyOf(open);
  }

  /// Whether a worker died, or lost its lease, with this lane in hand.
  boolean wasInterrupted(Lane lane) {
    return interrupted.contains(lane);
  }

  boolean wasInterrupted() {
    return !interrupted.isEmpty();
  }

  /// Notes that an item of this lane is being prepared, which may take as long as a network does.
  synchronized void prepares(Lane lane) {
    prepared = lane;
    preparedSince = System.nanoTime();
  }

  /// Ends the preparations.
  ///
  /// @return the lanes that were not handed over meanwhile
  synchronized List<Lane> keep() {
    prepared = null;
    return List.copyOf(open);
  }

  /// The lanes that wait while another one is being prepared for longer than this: they are no
  /// longer this claim's, and the caller gives them back.
  synchronized List<Lane> handOver(Duration patience) {
    if (prepared == null || System.nanoTime() - preparedSince < patience.toNanos()) {
      return List.of();
    }
    Lane slow = prepared;
    List<Lane> others = open.stream().filter(lane -> !lane.equals(slow)).toList();
    others.forEach(open::remove);
    return others;
  }

  void gaveBack(Collection<Lane> given) {
    open.removeAll(given);
  }

  /// Whether to begin another item: there is time left, a tenth of the lease being kept for the
  /// clocks, and the server is not stopping.
  boolean isHeld() {
    return !lost && !ending && System.nanoTime() - renewedAt < length.toNanos() / 10 * 9;
  }

  /// Lets the worker finish the item in hand, and no other.
  void endSoon() {
    ending = true;
  }

  boolean isDueForRenewal() {
    return !lost && !open.isEmpty() && System.nanoTime() - renewedAt > length.toNanos() / 3;
  }

  /// @param asked [System#nanoTime] before the database was asked
  /// @param held the lanes that the database says are still claimed under the token
  void renewed(long asked, Collection<Lane> held) {
    if (held.containsAll(open)) {
      renewedAt = asked;
    } else {
      lost = true;
    }
  }
}
