package dev.bothy.platform.keys;

import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
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
/// leaves the memory of every server soon. Past its hard life an entry serves no more.
///
/// ## Rolling back
///
/// Keys are made in the caller's own transaction. They serve others only after it has committed: a
/// key that was made and rolled back must never have sealed anything that stays.
@Component
class KeyCache {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);

  private final KeyTable table;
  private final Workspaces workspaces;
  private final KeysProperties properties;
  private final Clock clock;
  private final Map<KeyOwner, Entry> entries = new ConcurrentHashMap<>();

  /// Counts what was forgotten: what was read before that must not be kept after it.
  private final AtomicLong forgotten = new AtomicLong();

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
    KeyRing stored = stored(wanted, _ -> true);
    if (stored != null) {
      return stored;
    }
    table.add(wanted);
    return made(wanted);
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
    if (known != null && known.ofVersion(version) != null) {
      return known;
    }
    KeyRing stored = stored(wanted, ring -> ring.ofVersion(version) != null);
    if (stored == null || stored.ofVersion(version) == null) {
      throw new CannotOpen(table.absence(owner, version));
    }
    return stored;
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
      long before = forgotten.get();
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
    if (now.isAfter(entry.softEnd()) && entry.renewing().compareAndSet(false, true)) {
      Thread.ofVirtual().name("key-renewal").start(() -> renew(wanted, entry));
    }
    return entry.ring();
  }

  private void renew(KeyOwner wanted, Entry entry) {
    long before = forgotten.get();
    try {
      Optional<KeyRing> found =
          workspaces.inWorkspace(
              Objects.requireNonNull(wanted.workspace()), () -> table.ofOwner(wanted));
      if (found.isPresent()) {
        keep(wanted, found.get(), before);
      } else {
        entries.remove(wanted, entry);
      }
    } catch (RuntimeException e) {
      LOG.warn("The data keys of {} could not be renewed; they serve until their end", wanted, e);
      entry.renewing().set(false);
    }
  }

  /// Forgets what it has of this owner: its keys have become others.
  void forget(KeyOwner owner) {
    forgotten.incrementAndGet();
    entries.remove(owner);
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
    if (forgotten.get() == before) {
      entries.put(owner, entryOf(ring));
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
    return new Entry(
        ring,
        now.plus(properties.softLife()),
        now.plus(properties.hardLife()),
        new AtomicBoolean());
  }

  private record Entry(KeyRing ring, Instant softEnd, Instant hardEnd, AtomicBoolean renewing) {}
}
