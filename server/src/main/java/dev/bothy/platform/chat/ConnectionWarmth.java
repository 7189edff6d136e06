package dev.bothy.platform.chat;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Keeps the secrets of all connections in memory, those too that nothing has come through yet, so
/// that this server can check and acknowledge whatever networks deliver while the key provider is
/// away.
@Component
class ConnectionWarmth implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWarmth.class);
  private static final Duration EVERY = Duration.ofMinutes(5);

  /// The keys, or the database, may be away at the start.
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Connections connections;
  private volatile @Nullable Thread warming;

  ConnectionWarmth(Connections connections) {
    this.connections = connections;
  }

  @Override
  public void start() {
    warming = Thread.ofVirtual().name("connection-warmth").start(this::keepWarm);
  }

  @Override
  public void stop() {
    Thread thread = warming;
    warming = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return warming != null;
  }

  private void keepWarm() {
    while (!Thread.currentThread().isInterrupted()) {
      boolean whole = false;
      try {
        whole = Arrays.stream(Network.values()).mapToInt(connections::rememberAll).sum() == 0;
      } catch (RuntimeException e) {
        LOG.debug("The connections could not be listed", e);
      }
      try {
        Thread.sleep(whole ? EVERY : SOON);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
