package dev.bothy.platform.work;

import dev.bothy.platform.keys.Keys;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts the workers when the server is ready to work and stops them when it goes: after the web
/// server, so that what was acknowledged last is on disk. It may be started again after a stop.
///
/// A server without the installation's key can open nothing that came in. It takes on no work
/// before it has it: it would only fail with what another server could do.
@Component
class WorkLifecycle implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WorkLifecycle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final DurableInbox inbox;
  private final List<LaneWork> works;
  private final Lanes lanes;
  private final WorkSettings settings;
  private final Keys keys;
  private volatile List<LaneRunner> runners = List.of();
  private volatile boolean running;

  WorkLifecycle(
      DurableInbox inbox, List<LaneWork> works, Lanes lanes, WorkSettings settings, Keys keys) {
    this.inbox = inbox;
    this.works = works;
    this.lanes = lanes;
    this.settings = settings;
    this.keys = keys;
  }

  @Override
  public void start() {
    inbox.start();
    running = true;
    if (keys.isReady()) {
      startRunners();
    } else {
      LOG.info("Work begins when the key provider has answered");
      Thread.ofVirtual().name("work-wait").start(this::startWhenReady);
    }
  }

  private void startWhenReady() {
    try {
      while (running && !keys.isReady()) {
        Thread.sleep(LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      return;
    }
    startRunners();
  }

  private synchronized void startRunners() {
    if (running) {
      runners = works.stream().map(work -> new LaneRunner(work, lanes, settings)).toList();
      runners.forEach(LaneRunner::start);
    }
  }

  private synchronized void end() {
    running = false;
  }

  @Override
  public void stop() {
    end();
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
