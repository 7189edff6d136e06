package dev.bothy.platform.chatlinks;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Which accounts' addresses were compared lately, as far as this process knows, so that an event
/// costs neither a query nor a call. Addresses are not here.
@Component
class RecentlyTried {
  /// Whoever was not met for longest is forgotten first.
  private static final int MOST = 50_000;

  /// A member who came since is found tomorrow, or by an admin's run.
  private static final Duration AGAIN = Duration.ofDays(1);

  private final Map<Key, Instant> times = new LinkedHashMap<>(1_024, 0.75f, true);
  private final Clock clock;

  RecentlyTried(Clock clock) {
    this.clock = clock;
  }

  private record Key(ConnectionId connection, String account) {}

  /// Whether it is to be tried; if so it counts as tried from now on.
  synchronized boolean isDue(ConnectionId connection, String account) {
    Instant before = times.get(new Key(connection, account));
    if (before != null && before.plus(AGAIN).isAfter(clock.instant())) {
      return false;
    }
    note(connection, account);
    return true;
  }

  synchronized void note(ConnectionId connection, String account) {
    times.put(new Key(connection, account), clock.instant());
    if (times.size() > MOST) {
      Iterator<Key> longestAgo = times.keySet().iterator();
      longestAgo.next();
      longestAgo.remove();
    }
  }

  synchronized void forget(ConnectionId connection, String account) {
    times.remove(new Key(connection, account));
  }

  /// When it was tried; the beginning of time if it is not known to have been.
  synchronized Instant triedAt(ConnectionId connection, String account) {
    return times.getOrDefault(new Key(connection, account), Instant.MIN);
  }
}
