package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// When each network was asked about which account, as far as this process knows, so that an event
/// about people who are known costs no query. Who they are is not here: that is read from the
/// database, which every replica writes to.
@Component
class LookedUp {
  /// As many are remembered; whoever was not asked for longest is forgotten first. With their ids
  /// they take some 10 MB.
  static final int MOST = 50_000;

  /// The one that was used last is the last.
  private final Map<Key, Instant> times = new LinkedHashMap<>(1_024, 0.75f, true);

  private record Key(ConnectionId connection, String account) {}

  synchronized boolean isAfter(Instant oldest, ConnectionId connection, String account) {
    Instant at = times.get(new Key(connection, account));
    return at != null && at.isAfter(oldest);
  }

  synchronized void note(ConnectionId connection, String account, Instant at) {
    times.put(new Key(connection, account), at);
    if (times.size() > MOST) {
      Iterator<Key> longestAgo = times.keySet().iterator();
      longestAgo.next();
      longestAgo.remove();
    }
  }

  /// Forgets a connection that has ended, or been connected anew.
  synchronized void forget(ConnectionId connection) {
    times.keySet().removeIf(key -> key.connection().equals(connection));
  }
}
