package dev.bothy.platform.work;

import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts the workers when the server is ready to work and stops them when it goes: after the web
/// server, so that what was acknowledged last is on disk.
@Component
class WorkLifecycle implements SmartLifecycle {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DurableInbox inbox;
  private final List<LaneRunner> runners;
  private volatile boolean running;

  WorkLifecycle(DurableInbox inbox, List<LaneWork> works, Lanes lanes, WorkSettings settings) {
    this.inbox = inbox;
    this.runners = works.stream().map(work -> new LaneRunner(work, lanes, settings)).toList();
  }

  @Override
  public void start() {
    inbox.commits().start();
    runners.forEach(LaneRunner::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      inbox.commits().stop(PATIENCE);
      for (LaneRunner runner : runners) {
        runner.stop(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Below the web server's phases (`Integer.MAX_VALUE` less 1024 and 2048), so started before and
  /// stopped after it.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 4096;
  }
}
