package dev.bothy.platform.work;

import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts the workers when the server is ready to work and stops them when it goes: after the web
/// server, so that what was acknowledged last is on disk. It may be started again after a stop.
@Component
class WorkLifecycle implements SmartLifecycle {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DurableInbox inbox;
  private final List<LaneWork> works;
  private final Lanes lanes;
  private final WorkSettings settings;
  private volatile List<LaneRunner> runners = List.of();
  private volatile boolean running;

  WorkLifecycle(DurableInbox inbox, List<LaneWork> works, Lanes lanes, WorkSettings settings) {
    this.inbox = inbox;
    this.works = works;
    this.lanes = lanes;
    this.settings = settings;
  }

  @Override
  public void start() {
    inbox.start();
    runners = works.stream().map(work -> new LaneRunner(work, lanes, settings)).toList();
    runners.forEach(LaneRunner::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      inbox.stop(PATIENCE);
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
