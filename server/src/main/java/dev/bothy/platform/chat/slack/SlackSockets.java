package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.LeasedConnection;
import dev.bothy.platform.work.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Socket Mode: hears from Slack over sockets that this server opens, so that nothing needs to
/// reach it. Every replica asks for the lease on each app's sockets; one has it.
@Component
class SlackSockets implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SlackSockets.class);

  /// How soon another replica sees that a connection was made; this one is told.
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Connections connections;
  private final SlackSecrets.Source secrets;
  private final Leases leases;
  private final SlackAppSockets.Parts parts;
  private final Map<String, Running> running = new HashMap<>();
  private volatile boolean started;
  private @Nullable Thread looking;

  SlackSockets(
      Connections connections,
      SlackSecrets.Source secrets,
      Leases leases,
      SlackSocketOpener opener,
      SlackEnvelopes envelopes,
      SlackSettings settings,
      Metrics metrics,
      Clock clock) {
    this.connections = connections;
    this.secrets = secrets;
    this.leases = leases;
    this.parts =
        new SlackAppSockets.Parts(
            opener, envelopes, leases, metrics, clock, SlackSocket.Times.USUAL, settings.sockets());
  }

  private record Running(SlackAppSockets sockets, LeasedConnection leased) {}

  @Override
  public void start() {
    started = true;
    looking = Thread.ofVirtual().name("slack-sockets").start(this::look);
  }

  @Override
  public void stop() {
    started = false;
    Thread thread = looking;
    if (thread != null) {
      thread.interrupt();
    }
    List<LeasedConnection> all;
    synchronized (running) {
      all = running.values().stream().map(Running::leased).toList();
      running.clear();
    }
    stop(all);
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  /// The last to start and the first to stop: while it hands its leases back, the requests that are
  /// under way are still served.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  /// Looks at once which apps there are. Must be called outside of a transaction.
  void refresh() {
    Map<String, SlackSocketApp> apps = apps();
    List<LeasedConnection> gone = new ArrayList<>();
    synchronized (running) {
      if (!started) {
        return;
      }
      running
          .entrySet()
          .removeIf(each -> {
            boolean left = !apps.containsKey(each.getKey());
            if (left) {
              gone.add(each.getValue().leased());
            }
            return left;
          });
      apps.forEach((id, app) -> {
        Running known = running.get(id);
        if (known == null) {
          running.put(id, begin(app));
        } else {
          known.sockets().is(app);
        }
      });
    }
    stop(gone);
  }

  private Running begin(SlackSocketApp app) {
    SlackAppSockets sockets = new SlackAppSockets(parts, app);
    LeasedConnection leased = new LeasedConnection(leases, SlackSocketApp.lease(app.id()), sockets);
    leased.start();
    return new Running(sockets, leased);
  }

  private Map<String, SlackSocketApp> apps() {
    Map<String, SlackSocketApp> apps = new TreeMap<>();
    for (ChatConnection connection : connections.ofNetwork(Network.SLACK)) {
      Optional<SlackSecrets> found = secrets.of(connection);
      String token = found.map(SlackSecrets::appToken).orElse(null);
      if (token != null) {
        SlackSocketApp.Member member =
            new SlackSocketApp.Member(connection, found.get().identity(connection));
        SlackSocketApp.idIn(token)
            .ifPresent(id ->
                apps.merge(
                    id,
                    new SlackSocketApp(id, List.of(token), List.of(member)),
                    SlackSockets::both));
      }
    }
    return apps;
  }

  private static SlackSocketApp both(SlackSocketApp older, SlackSocketApp newer) {
    List<String> tokens = new ArrayList<>(newer.tokens());
    older.tokens().stream().filter(token -> !tokens.contains(token)).forEach(tokens::add);
    List<SlackSocketApp.Member> members = new ArrayList<>(older.members());
    members.addAll(newer.members());
    return new SlackSocketApp(older.id(), tokens, members);
  }

  private void look() {
    while (started) {
      try {
        refresh();
      } catch (RuntimeException e) {
        LOG.warn("Which Slack apps have sockets could not be looked up", e);
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// All at once: each takes a moment.
  private static void stop(List<LeasedConnection> all) {
    List<Thread> stopping = all.stream().map(each -> Thread.ofVirtual().start(each::stop)).toList();
    try {
      for (Thread thread : stopping) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
