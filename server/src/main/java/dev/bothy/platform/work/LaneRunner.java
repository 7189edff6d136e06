package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims lanes of one queue and has them worked on, several claims at once. It runs from one
/// [#start] to one [#stop].
///
/// Workspaces take turns. A workspace never has all workers, so that the next event of another one
/// finds a free one however much the first has waiting.
final class LaneRunner {
  private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);

  /// Far below the shortest lease, and below what people notice.
  private static final Duration WATCH_EVERY = Duration.ofMillis(100);

  /// For how long a workspace rests of which a claim took all there was. What comes in for it
  /// meanwhile shares a batch: under load an event then costs a fraction of what it costs alone,
  /// and the answers to networks, which have deadlines, get the processor that this saves.
  private static final Duration PACE = Duration.ofMillis(20);

  private static final UUID BEFORE_THE_FIRST = new UUID(0, 0);

  private final LaneWork work;
  private final Lanes lanes;
  private final WorkSettings settings;
  private final Semaphore free;
  private final Semaphore wake = new Semaphore(0);
  private final BiConsumer<Queue, WorkspaceId> listener;
  private final ExecutorService workers;
  private final Thread dispatcher;
  private final Thread watcher;
  private final Set<Claim> claims = ConcurrentHashMap.newKeySet();
  private final int mostOfAWorkspace;

  /// Until when workspaces rest, as [System#nanoTime]; only the dispatcher changes it.
  private final Map<WorkspaceId, Long> resting = new ConcurrentHashMap<>();

  private UUID servedLast = BEFORE_THE_FIRST;
  private volatile boolean someWereBusy;
  private volatile boolean stopping;

  LaneRunner(LaneWork work, Lanes lanes, WorkSettings settings) {
    this.work = work;
    this.lanes = lanes;
    this.settings = settings;
    this.free = new Semaphore(work.workers());
    this.mostOfAWorkspace = Math.max(1, work.workers() * 3 / 4);
    this.listener =
        (queue, workspace) -> {
          // What is stored for one that rests is found when its rest is over.
          if (queue == work.queue() && !resting.containsKey(workspace)) {
            wake.release();
          }
        };
    String name = "work-" + work.queue().id();
    this.workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    // Not a virtual thread, for the reason that the inbox writer is none.
    this.dispatcher =
        Thread.ofPlatform().name(name + "-dispatch").daemon().unstarted(this::dispatch);
    this.watcher = Thread.ofVirtual().name(name + "-watch").unstarted(this::watch);
  }

  void start() {
    lanes.onWork(listener);
    dispatcher.start();
    watcher.start();
  }

  /// Takes on nothing new, finishes the items in hand and gives their lanes back.
  void stop(Duration patience) throws InterruptedException {
    stopping = true;
    claims.forEach(Claim::endSoon);
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
    watcher.interrupt();
  }

  private void dispatch() {
    while (!stopping) {
      try {
        free.acquire();
        wake.drainPermits();
        Optional<Claim> claimed = claim();
        if (claimed.isPresent()) {
          Claim claim = claimed.get();
          claims.add(claim);
          if (stopping) {
            claim.endSoon();
          }
          workers.execute(() -> workOn(claim));
          if (claim.lanes().size() < work.lanesAClaim()) {
            resting.put(claim.workspace(), System.nanoTime() + PACE.toNanos());
          }
        } else {
          free.release();
          if (!stopping) {
            Duration patience = resting.isEmpty() ? settings.poll() : PACE;
            wake.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Optional<Claim> claim() throws InterruptedException {
    try {
      Set<WorkspaceId> passedOver = busy();
      someWereBusy = !passedOver.isEmpty();
      resting.values().removeIf(until -> until - System.nanoTime() <= 0);
      passedOver.addAll(resting.keySet());
      Optional<Claim> claimed = lanes.claim(work, servedLast, passedOver, settings);
      claimed.ifPresent(claim -> servedLast = claim.workspace().value());
      return claimed;
    } catch (RuntimeException e) {
      LOG.warn("The {} cannot be read now; trying again", work.queue().id(), e);
      Thread.sleep(settings.poll());
      return Optional.empty();
    }
  }

  private Set<WorkspaceId> busy() {
    Map<WorkspaceId, Long> inHand =
        claims.stream().collect(Collectors.groupingBy(Claim::workspace, Collectors.counting()));
    return inHand.entrySet().stream()
        .filter(each -> each.getValue() >= mostOfAWorkspace)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void workOn(Claim claim) {
    try {
      work.work(claim);
    } catch (LeaseLost e) {
      LOG.warn("{}; another worker goes on with it", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("Lanes of the {} could not be worked on; trying again", work.queue().id(), e);
      giveBackForLater(claim);
    } finally {
      claims.remove(claim);
      free.release();
      if (someWereBusy) {
        wake.release();
      }
    }
  }

  private void giveBackForLater(Claim claim) {
    Map<Lane, Lanes.Ready> waits =
        claim.open().stream()
            .collect(
                Collectors.toMap(lane -> lane, _ -> new Lanes.Ready.In(settings.firstRetry())));
    try {
      lanes.giveBackNow(claim, claim.open(), waits, work);
    } catch (RuntimeException e) {
      LOG.warn("They are left until their lease runs out", e);
    }
  }

  /// Looks after the claims that take long. They are prolonged: a network that answers slowly must
  /// not lose its lane to another worker, who would send the same again. And the lanes that wait
  /// for a slow one are given to others.
  private void watch() {
    try {
      while (true) {
        Thread.sleep(WATCH_EVERY);
        claims.forEach(this::lookAfter);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAfter(Claim claim) {
    try {
      lanes.giveBackNow(claim, claim.handOver(WATCH_EVERY), Map.of(), work);
      if (claim.isDueForRenewal()) {
        lanes.renew(claim, settings.lease());
      }
    } catch (RuntimeException e) {
      LOG.warn("A lease on lanes of the {} cannot be changed now", work.queue().id(), e);
    }
  }
}
