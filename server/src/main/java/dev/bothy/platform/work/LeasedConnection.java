package dev.bothy.platform.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds something that only one replica may hold, such as a connection to a network, for as long
/// as this process has the lease on it.
///
/// ## How it changes hands
///
/// The holder prolongs its lease every [Pace#renew]; the others ask for it every [Pace#ask]. When
/// the holder is killed the lease ends after [Pace#length] at most, and one of the others has it.
/// On [#stop] it is handed back at once.
///
/// ## While work is held
///
/// While a [WorkGate] is closed nobody asks for the lease, and a holder lets go.
///
/// ## A holder that cannot prolong it
///
/// When the database does not answer, or the process was paused, the holder lets go by itself,
/// [Pace#margin] before anybody else could have the lease: it counts from before the last request
/// that prolonged it, on a clock that no one sets. A process that was paused for longer finds the
/// time past on the first look at [#holds]; and what it does in the database before that is refused
/// by [Leases#confirm].
public final class LeasedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedConnection.class);

  private final Leases leases;
  private final String name;
  private final Held held;
  private final Pace pace;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Leases.@Nullable Lease running;
  private volatile long holdsUntil;
  private volatile boolean holding;
  private boolean ended;
  private @Nullable Thread keeper;

  /// What is held. Its methods are never called at the same time.
  public interface Held {
    /// The lease was had: begins. It returns soon; what takes long it does on threads of its own.
    /// If it throws, it is tried again later.
    ///
    /// @param holds whether this process may act as the holder at the moment of the call
    void start(Leases.Lease lease, BooleanSupplier holds);

    /// The lease is lost or handed back: ends. After it has returned nothing acts any more. It
    /// takes less than [Pace#margin].
    void stop();
  }

  /// How often, and for how long.
  ///
  /// @param length of the lease, on the database's time
  /// @param renew how often the holder prolongs it
  /// @param ask how often the others ask for it
  /// @param margin how long before its end a holder that cannot prolong it lets go
  public record Pace(Duration length, Duration renew, Duration ask, Duration margin) {
    /// Taken over within 7 s of a kill: 6 s of lease, and 1 s until the next one asks.
    public static final Pace USUAL =
        new Pace(
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
  }

  /// @param name of the lease, 1 to 200 characters
  public LeasedConnection(Leases leases, String name, Held held) {
    this(leases, name, held, Pace.USUAL, System::nanoTime);
  }

  LeasedConnection(Leases leases, String name, Held held, Pace pace, LongSupplier nanoTime) {
    this.leases = leases;
    this.name = name;
    this.held = held;
    this.pace = pace;
    this.nanoTime = nanoTime;
  }

  /// Begins to ask for the lease.
  public void start() {
    lock.lock();
    try {
      if (keeper != null) {
        throw new IllegalStateException("Started already");
      }
      keeper = Thread.ofVirtual().name("lease-" + name).start(this::keep);
      Thread.ofVirtual().name("lease-watch-" + name).start(this::watch);
    } finally {
      lock.unlock();
    }
  }

  /// Ends what is held and hands the lease back, so that another replica has it at once.
  public void stop() {
    Leases.Lease had;
    Thread asking;
    lock.lock();
    try {
      ended = true;
      had = running;
      asking = keeper;
      end();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      // A request for the lease that is under way must not be granted after it was handed back.
      if (asking != null) {
        asking.join(pace.length());
      }
      if (had != null) {
        leases.giveBack(had);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The lease {} could not be handed back; it ends by itself", name, e);
    }
  }

  /// Whether this process may act as the holder at this moment.
  public boolean holds() {
    return holding && holdsUntil - nanoTime.getAsLong() > 0;
  }

  private void keep() {
    while (!hasEnded()) {
      long asked = nanoTime.getAsLong();
      try {
        Optional<Leases.Lease> taken =
            leases.mayConnect() ? leases.take(name, pace.length()) : Optional.empty();
        if (taken.isPresent()) {
          had(taken.get(), asked);
        } else {
          lost();
        }
      } catch (RuntimeException e) {
        LOG.warn("The lease {} could not be asked for", name, e);
      }
      pause();
    }
  }

  private void had(Leases.Lease lease, long asked) {
    boolean unwanted;
    lock.lock();
    try {
      unwanted = ended && running == null;
      if (!ended) {
        if (running != null && !running.equals(lease)) {
          // In between somebody else may have had it.
          end();
        }
        holdsUntil = asked + pace.length().minus(pace.margin()).toNanos();
        if (running == null && holdsUntil - nanoTime.getAsLong() > 0) {
          begin(lease);
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (unwanted) {
      leases.giveBack(lease);
    }
  }

  private void lost() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  /// Lets go when the time is past, whatever the keeper waits for.
  private void watch() {
    lock.lock();
    try {
      while (!ended) {
        long left = holdsUntil - nanoTime.getAsLong();
        if (running == null) {
          changed.await();
        } else if (left > 0) {
          changed.awaitNanos(left);
        } else {
          LOG.warn("The lease {} could not be prolonged in time", name);
          end();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void begin(Leases.Lease lease) {
    running = lease;
    holding = true;
    LOG.info("This server holds {} now", name);
    try {
      held.start(lease, this::holds);
    } catch (RuntimeException e) {
      LOG.error("What is held under the lease {} did not start", name, e);
      end();
    }
  }

  private void end() {
    if (running == null) {
      return;
    }
    running = null;
    holding = false;
    LOG.info("This server holds {} no more", name);
    try {
      held.stop();
    } catch (RuntimeException e) {
      LOG.error("What was held under the lease {} did not stop", name, e);
    }
  }

  private void pause() {
    lock.lock();
    try {
      long left = (running == null ? pace.ask() : pace.renew()).toNanos();
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
