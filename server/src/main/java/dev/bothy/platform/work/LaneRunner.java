package dev.bothy.platform.work;

import dev.bothy.platform.work.LaneWork.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims the lanes of one queue and works on them, several at once, each in order. It runs from
/// one [#start] to one [#stop].
final class LaneRunner {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);

  /// A lane with much in it is given back after this many items, so that others get their turn.
  private static final int ITEMS_A_CLAIM = 20;

  private final LaneWork work;
  private final Lanes lanes;
  private final WorkSettings settings;
  private final Semaphore free;
  private final Semaphore wake = new Semaphore(0);
  private final Consumer<Queue> listener;
  private final ExecutorService workers;
  private final Thread dispatcher;
  private volatile boolean stopping;

  LaneRunner(LaneWork work, Lanes lanes, WorkSettings settings) {
    this.work = work;
    this.lanes = lanes;
    this.settings = settings;
    this.free = new Semaphore(settings.workers());
    this.listener =
        queue -> {
          if (queue == work.queue()) {
            wake.release();
          }
        };
    this.workers =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("work-" + work.queue().id() + "-", 0).factory());
    this.dispatcher =
        Thread.ofVirtual()
            .name("work-" + work.queue().id() + "-dispatch")
            .unstarted(this::dispatch);
  }

  void start() {
    lanes.onWork(listener);
    dispatcher.start();
  }

  /// Takes on nothing new, finishes the items in hand and gives their lanes back.
  void stop(Duration patience) throws InterruptedException {
    stopping = true;
    lanes.forget(listener);
    wake.release();
    dispatcher.join(patience);
    workers.shutdown();
    if (!workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn(
          "Work of the {} did not end within {}; its leases run out by themselves",
          work.queue().id(),
          patience);
    }
  }

  private void dispatch() {
    while (!stopping) {
      try {
        free.acquire();
        int places = 1 + free.drainPermits();
        wake.drainPermits();
        UUID token = UUID.randomUUID();
        List<Lane> claimed = claim(places, token);
        claimed.forEach(lane -> workers.execute(() -> workOn(lane, token)));
        // More than was asked for would be a bug of the claim, but must not end the dispatcher.
        if (claimed.size() > places) {
          free.acquire(claimed.size() - places);
        } else {
          free.release(places - claimed.size());
        }
        if (claimed.isEmpty() && !stopping) {
          wake.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private List<Lane> claim(int most, UUID token) throws InterruptedException {
    try {
      return lanes.claim(work.queue(), work.kinds(), work.now(), most, settings.lease(), token);
    } catch (RuntimeException e) {
      LOG.warn("The {} cannot be read now; trying again", work.queue().id(), e);
      Thread.sleep(settings.poll());
      return List.of();
    }
  }

  private void workOn(Lane lane, UUID token) {
    try {
      Optional<Lanes.Ready> waitUntil = stepThrough(lane, token);
      lanes.release(lane, token, () -> work.next(lane).map(ready -> waitUntil.orElse(ready)));
    } catch (LeaseLost e) {
      LOG.warn("{}; another worker goes on with it", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("A lane of the {} is left until its lease runs out", work.queue().id(), e);
    } finally {
      free.release();
      wake.release();
    }
  }

  private Optional<Lanes.Ready> stepThrough(Lane lane, UUID token) {
    long renewAfter = settings.lease().toNanos() / 3;
    long claimedAt = System.nanoTime();
    for (int done = 0; done < ITEMS_A_CLAIM && !stopping; done++) {
      if (System.nanoTime() - claimedAt > renewAfter) {
        if (!lanes.renew(lane, token, settings.lease())) {
          throw new LeaseLost(lane);
        }
        claimedAt = System.nanoTime();
      }
      switch (work.step(lane, token)) {
        case Step.Settled() -> {}
        case Step.Empty() -> {
          return Optional.empty();
        }
        case Step.Wait(Lanes.Ready until) -> {
          return Optional.of(until);
        }
      }
    }
    return Optional.empty();
  }
}
