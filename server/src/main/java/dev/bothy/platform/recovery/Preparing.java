package dev.bothy.platform.recovery;

import dev.bothy.platform.work.Leases;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Has a restored database prepared in the background, on one server, under a lease; another begins
/// again when that one dies. What does not succeed is tried again.
@Component
class Preparing implements SmartLifecycle {
  static final String LEASE = "recovery-prepare";

  private static final Logger LOG = LoggerFactory.getLogger(Preparing.class);
  private static final Duration HELD = Duration.ofSeconds(15);
  private static final Duration PROLONGED_AFTER = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final RecoveryState state;
  private final Preparation preparation;
  private final Leases leases;
  private volatile @Nullable Thread preparing;

  Preparing(RecoveryState state, Preparation preparation, Leases leases) {
    this.state = state;
    this.preparation = preparation;
    this.leases = leases;
  }

  @Override
  public void start() {
    preparing = Thread.ofVirtual().name("recovery-prepare").start(this::go);
  }

  private void go() {
    try {
      while (true) {
        Duration pause = LOOK;
        Optional<Recovery> newest = state.newest();
        if (newest.isPresent() && newest.get().state() == Recovery.State.PREPARING) {
          pause = round(newest.get()) ? LOOK : AGAIN;
        }
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One try, if no other server is at it.
  ///
  /// @return whether it need not be tried again
  boolean round(Recovery recovery) throws InterruptedException {
    Optional<Leases.Lease> lease;
    try {
      lease = leases.take(LEASE, HELD);
    } catch (RuntimeException e) {
      LOG.warn("A restored database is prepared once the lease can be asked for", e);
      return false;
    }
    if (lease.isEmpty()) {
      return false;
    }
    Thread worker = Thread.currentThread();
    Thread prolonging =
        Thread.ofVirtual().name("recovery-lease").start(() -> prolong(lease.get(), worker));
    try {
      return preparation.run(recovery, lease.get());
    } catch (InterruptedException e) {
      if (preparing == null) {
        throw e;
      }
      LOG.warn("The lease {} is lost: another server goes on", LEASE);
      return false;
    } catch (RuntimeException e) {
      LOG.warn("A restored database could not be prepared; it is tried again", e);
      return false;
    } finally {
      prolonging.interrupt();
      prolonging.join();
      // What was prolonged in the last moment may have interrupted a worker that was done.
      boolean stop = Thread.interrupted() && preparing == null;
      giveBack(lease.get());
      look();
      if (stop) {
        worker.interrupt();
      }
    }
  }

  private void prolong(Leases.Lease lease, Thread worker) {
    try {
      while (true) {
        Thread.sleep(PROLONGED_AFTER);
        if (!leases.take(LEASE, HELD).equals(Optional.of(lease))) {
          worker.interrupt();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The lease {} could not be prolonged", LEASE, e);
      worker.interrupt();
    }
  }

  private void giveBack(Leases.Lease lease) {
    try {
      leases.giveBack(lease);
    } catch (RuntimeException e) {
      LOG.debug("The lease {} ends by itself", LEASE, e);
    }
  }

  private void look() {
    try {
      state.look();
    } catch (RuntimeException e) {
      LOG.debug("The state is looked up again in a second", e);
    }
  }

  @Override
  public void stop() {
    Thread thread = preparing;
    preparing = null;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return preparing != null;
  }

  /// After the workers have begun, since some of what has to run runs in their lanes.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 4000;
  }
}
