package dev.bothy.platform.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Does something again and again in a thread of its own, for as long as the server runs.
abstract class Rounds implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final Duration first;
  private final Duration every;
  private volatile @Nullable Thread thread;

  /// @param first how long after the start
  /// @param every how long after the end of one the next begins
  Rounds(String name, Duration first, Duration every) {
    this.name = name;
    this.first = first;
    this.every = every;
  }

  /// One round. What it throws is logged, and the next round comes all the same.
  abstract void round() throws InterruptedException;

  @Override
  public void start() {
    thread = Thread.ofVirtual().name(name).start(this::go);
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void go() {
    Duration pause = first;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(pause);
        pause = every;
        round();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("A round of {} broke off; the next comes in {}", name, every, e);
      }
    }
  }
}
