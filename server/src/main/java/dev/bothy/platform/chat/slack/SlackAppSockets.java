package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Network;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.LeasedConnection;
import dev.bothy.platform.work.Leases;
import java.time.Clock;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The sockets of one app, while this replica holds the lease on them.
final class SlackAppSockets implements LeasedConnection.Held {
  private final Parts parts;
  private volatile SlackSocketApp app;
  private @Nullable SlackSocketRound round;

  /// What every app's sockets are made with.
  ///
  /// @param count how many sockets an app has
  record Parts(
      SlackSocketOpener opener,
      SlackEnvelopes envelopes,
      Leases leases,
      Metrics metrics,
      Clock clock,
      SlackSocket.Times times,
      int count) {
    static final String NETWORK = Network.SLACK.id();
  }

  SlackAppSockets(Parts parts, SlackSocketApp app) {
    this.parts = parts;
    this.app = app;
  }

  /// The app as it is now: connections come and go while its sockets are open.
  void is(SlackSocketApp now) {
    boolean otherTokens = !app.tokens().equals(now.tokens());
    app = now;
    SlackSocketRound running = running();
    if (otherTokens && running != null) {
      running.tryNow();
    }
  }

  SlackSocketApp app() {
    return app;
  }

  @Override
  public synchronized void start(Leases.Lease lease, BooleanSupplier holds) {
    round = new SlackSocketRound(parts, this::app, lease, holds);
    round.start();
  }

  @Override
  public synchronized void stop() {
    Objects.requireNonNull(round).stop();
    round = null;
  }

  private synchronized @Nullable SlackSocketRound running() {
    return round;
  }
}
