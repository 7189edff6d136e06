package dev.bothy.platform.keys;

import dev.bothy.platform.workspace.Outage;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The unwrapped keys of workspaces, so that sealing costs microseconds.
///
/// ## Life
///
/// Past its soft life an entry still serves, while it is loaded again in the background: an outage
/// of the provider is noticed by nobody until the hard life ends, and a key that was destroyed
/// leaves the memory of every server soon. Past its hard life an entry serves no more. One with a
/// key that did not unwrap is loaded again every few seconds of use.
///
/// ## A slow provider
///
/// Whoever needs a key that is not here holds a connection to the database while it comes. Only a
/// few may at the same time, so that a provider that takes seconds does not take the connections
/// that what comes in is stored with; all others are told at once to come again.
///
/// ## Rolling back
///
/// Keys are made in the caller's own transaction. They serve others only after it has committed: a
/// key that was made and rolled back must never have sealed anything that stays.
@Component
class KeyCache {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);

  /// Between two tries to load again, while the provider is away or does not unwrap.
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  /// Of the pool's 20 connections.
  private static final int AT_ONCE = 8;

  /// Enough for many to take their turns at a provider that answers within milliseconds.
  private static final Duration TURN = Duration.ofMillis(100);

  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final KeyTable table;
  private final Workspaces workspaces;
  private final KeysProperties properties;
  private final Clock clock;
  private final Map<KeyOwner, Entry> entries = new ConcurrentHashMap<>();

  /// Counts what was forgotten: what was read before that must not be kept after it.
  private long forgotten;

  /// What the log said last of why keys could not be loaded again.
  private volatile String said = "";

  private final Map<KeyOwner, ReentrantLock> loading = new ConcurrentHashMap<>();

  KeyCache(KeyTable table, Workspaces workspaces, KeysProperties properties, Clock clock) {
    this.table = table;
    this.workspaces = workspaces;
    this.properties = properties;
    this.clock = clock;
  }

  /// The keys of this owner in the current workspace, made if it has none yet.
  KeyRing forSealing(String owner) {
    KeyOwner wanted = new KeyOwner(workspaces.current(), owner);
    KeyRing known = known(wanted);
    if (known != null) {
      return known;
    }
    return inTurn(() -> {
      KeyRing stored = stored(wanted, _ -> true);
      if (stored != null) {
        return stored;
      }
      table.addFirst(wanted);
      return made(wanted);
    });
  }

  /// What this transaction has made serves this transaction, and others once it has committed.
  KeyRing made(KeyOwner owner) {
    KeyRing made = table.ofOwner(owner).orElseThrow();
    ofTransaction().put(owner, made);
    return made;
  }

  /// The keys of this owner in the current workspace, with this version among them.
  ///
  /// @throws CannotOpen if there is no such key
  KeyRing forOpening(String owner, int version) {
    KeyOwner wanted = new KeyOwner(workspaces.current(), owner);
    KeyRing known = known(wanted);
    if (known != null && known.has(version)) {
      return known;
    }
    // A ciphertext may name any version: the provider is asked for none that is not there.
    if (known != null && !table.lives(wanted, version)) {
      throw table.absence(owner, version);
    }
    return inTurn(() -> {
      KeyRing stored = stored(wanted, ring -> ring.has(version));
      if (stored == null || !stored.has(version)) {
        throw table.absence(owner, version);
      }
      return stored;
    });
  }

  /// @throws KeyProviderBusy if it does not come soon
  private KeyRing inTurn(Supplier<KeyRing> work) {
    try {
      if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KeyProviderBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyProviderBusy();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /// What the table has, unwrapped once however many ask for it at the same time. It is kept unless
  /// this transaction, which sees what it has not committed, has made any of it.
  ///
  /// @param enough whether a ring that another one has brought meanwhile will do
  private @Nullable KeyRing stored(KeyOwner wanted, Predicate<KeyRing> enough) {
    ReentrantLock lock = loading.computeIfAbsent(wanted, _ -> new ReentrantLock());
    lock.lock();
    try {
      KeyRing known = known(wanted);
      if (known != null && enough.test(known)) {
        return known;
      }
      long before = forgotten();
      Optional<KeyRing> found = table.ofOwner(wanted);
      if (!ofTransaction().containsKey(wanted)) {
        found.ifPresent(ring -> keep(wanted, ring, before));
      }
      return found.orElse(null);
    } finally {
      lock.unlock();
      loading.remove(wanted, lock);
    }
  }

  private @Nullable KeyRing known(KeyOwner wanted) {
    KeyRing own = ofTransaction().get(wanted);
    if (own != null) {
      return own;
    }
    Entry entry = entries.get(wanted);
    if (entry == null) {
      return null;
    }
    Instant now = clock.instant();
    if (now.isAfter(entry.hardEnd())) {
      entries.remove(wanted, entry);
      return null;
    }
    Instant due = entry.renewAt().get();
    if (now.isAfter(due) && entry.renewAt().compareAndSet(due, now.plus(TRY_AGAIN))) {
      Thread.ofVirtual().name("key-renewal").start(() -> renew(wanted, entry));
    }
    return entry.ring();
  }

  /// Loads again what it has of this owner: there are more keys of it now, or fewer. What it has
  /// serves on meanwhile, and for as long as the provider is away.
  void refresh(KeyOwner owner) {
    Entry entry = entries.get(owner);
    if (entry != null) {
      renew(owner, entry);
    }
  }

  private void renew(KeyOwner wanted, Entry entry) {
    if (!turns.tryAcquire()) {
      // It serves on, and is tried again soon.
      entry.renewAt().set(clock.instant().plus(TRY_AGAIN));
      return;
    }
    long before = forgotten();
    try {
      Optional<KeyRing> found =
          workspaces.inWorkspace(
              Objects.requireNonNull(wanted.workspace()), () -> table.ofOwner(wanted));
      if (found.isPresent()) {
        keep(wanted, found.get(), before);
      } else {
        entries.remove(wanted, entry);
      }
      said = "";
    } catch (RuntimeException e) {
      entry.renewAt().set(clock.instant().plus(TRY_AGAIN));
      tell(wanted, e);
    } finally {
      turns.release();
    }
  }

  /// Of an outage that many owners' keys meet, once.
  private void tell(KeyOwner wanted, RuntimeException failure) {
    if (!Outage.isCauseOf(failure)) {
      LOG.warn("The data keys of {} could not be renewed", wanted, failure);
      return;
    }
    String why = String.valueOf(failure.getMessage());
    if (!why.equals(said)) {
      said = why;
      LOG.warn("Data keys cannot be renewed; those in memory serve until their end. {}", why);
    }
  }

  /// Forgets what it has of this owner: its keys were destroyed.
  void forget(KeyOwner owner) {
    synchronized (entries) {
      forgotten++;
      entries.remove(owner);
    }
    Ciphers.forget();
    if (TransactionSynchronizationManager.hasResource(this)) {
      ofTransaction().remove(owner);
    }
  }

  /// Forgets what is past its hard life, asked for or not.
  void forgetOld() {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> now.isAfter(entry.hardEnd()));
  }

  private void keep(KeyOwner owner, KeyRing ring, long before) {
    synchronized (entries) {
      if (forgotten == before) {
        entries.put(owner, entryOf(ring));
      }
    }
  }

  private long forgotten() {
    synchronized (entries) {
      return forgotten;
    }
  }

  /// What this transaction loaded; moves to [#entries] when it commits, and is forgotten when it
  /// rolls back.
  @SuppressWarnings("unchecked")
  private Map<KeyOwner, KeyRing> ofTransaction() {
    Map<KeyOwner, KeyRing> bound =
        (Map<KeyOwner, KeyRing>) TransactionSynchronizationManager.getResource(this);
    if (bound != null) {
      return bound;
    }
    Map<KeyOwner, KeyRing> fresh = new HashMap<>();
    TransactionSynchronizationManager.bindResource(this, fresh);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(KeyCache.this);
            if (status == STATUS_COMMITTED) {
              fresh.forEach((owner, ring) -> entries.put(owner, entryOf(ring)));
            }
          }
        });
    return fresh;
  }

  private Entry entryOf(KeyRing ring) {
    Instant now = clock.instant();
    Duration soft = properties.softLife();
    boolean whole = ring.unusable().isEmpty() || soft.compareTo(TRY_AGAIN) < 0;
    return new Entry(
        ring,
        new AtomicReference<>(now.plus(whole ? soft : TRY_AGAIN)),
        now.plus(properties.hardLife()));
  }

  private record Entry(KeyRing ring, AtomicReference<Instant> renewAt, Instant hardEnd) {}
}
