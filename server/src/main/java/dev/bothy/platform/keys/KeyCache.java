package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Map<Owner, Entry> entries = new ConcurrentHashMap<>();
  private final Map<Owner, ReentrantLock> loading = new ConcurrentHashMap<>();

  KeyCache(KeyTable table, Workspaces workspaces, KeysProperties properties, Clock clock) {
    this.table = table;
    this.workspaces = workspaces;
    this.properties = properties;
    this.clock = clock;
  }

  /// The keys of this owner in the current workspace, made if it has none yet.
  KeyRing forSealing(String owner) {
    Owner wanted = new Owner(workspaces.current(), owner);
    KeyRing known = known(wanted);
    if (known != null) {
      return known;
    }
    KeyRing stored = stored(wanted, _ -> true);
    if (stored != null) {
      return stored;
    }
    KeyRing made = table.firstOfOwner(wanted.workspace(), owner);
    keepAfterCommit(wanted, made);
    return made;
  }

  /// The keys of this owner in the current workspace, with this version among them.
  ///
  /// @throws CannotOpen if there is no such key
  KeyRing forOpening(String owner, int version) {
    Owner wanted = new Owner(workspaces.current(), owner);
    KeyRing known = known(wanted);
    if (known != null && known.ofVersion(version) != null) {
      return known;
    }
    KeyRing stored = stored(wanted, ring -> ring.ofVersion(version) != null);
    if (stored == null || stored.ofVersion(version) == null) {
      throw new CannotOpen("There is no data key of version " + version + " of " + owner);
    }
    return stored;
  }

  /// What the table has, unwrapped once however many ask for it at the same time. It is kept unless
  /// this transaction, which sees what it has not committed, has made any of it.
  ///
  /// @param enough whether a ring that another one has brought meanwhile will do
  private @Nullable KeyRing stored(Owner wanted, Predicate<KeyRing> enough) {
    ReentrantLock lock = loading.computeIfAbsent(wanted, _ -> new ReentrantLock());
    lock.lock();
    try {
      KeyRing known = known(wanted);
      if (known != null && enough.test(known)) {
        return known;
      }
      Optional<KeyRing> found = table.ofOwner(wanted.workspace(), wanted.name());
      if (!ofTransaction().containsKey(wanted)) {
        found.ifPresent(ring -> entries.put(wanted, entryOf(ring)));
      }
      return found.orElse(null);
    } finally {
      lock.unlock();
      loading.remove(wanted, lock);
    }
  }

  private @Nullable KeyRing known(Owner wanted) {
    KeyRing own = ofTransaction().get(wanted);
    if (own != null) {
      return own;
    }
    Entry entry = entries.get(wanted);
    if (entry == null) {
      return null;
    }
    Instant now = clock.instant();
    if (now.isAfter(entry.loadedAt().plus(properties.hardLife()))) {
      entries.remove(wanted, entry);
      return null;
    }
    if (now.isAfter(entry.loadedAt().plus(properties.softLife()))
        && entry.renewing().compareAndSet(false, true)) {
      Thread.ofVirtual().name("key-renewal").start(() -> renew(wanted, entry));
    }
    return entry.ring();
  }

  private void renew(Owner wanted, Entry entry) {
    try {
      Optional<KeyRing> found =
          workspaces.inWorkspace(
              wanted.workspace(), () -> table.ofOwner(wanted.workspace(), wanted.name()));
      if (found.isPresent()) {
        entries.put(wanted, entryOf(found.get()));
      } else {
        entries.remove(wanted, entry);
      }
    } catch (RuntimeException e) {
      LOG.warn("The data keys of {} could not be renewed; they serve until their end", wanted, e);
      entry.renewing().set(false);
    }
  }

  private void keepAfterCommit(Owner owner, KeyRing ring) {
    ofTransaction().put(owner, ring);
  }

  /// What this transaction loaded; moves to [#entries] when it commits, and is forgotten when it
  /// rolls back.
  @SuppressWarnings("unchecked")
  private Map<Owner, KeyRing> ofTransaction() {
    Map<Owner, KeyRing> bound =
        (Map<Owner, KeyRing>) TransactionSynchronizationManager.getResource(this);
    if (bound != null) {
      return bound;
    }
    Map<Owner, KeyRing> fresh = new HashMap<>();
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
    return new Entry(ring, clock.instant(), new AtomicBoolean());
  }

  private record Owner(WorkspaceId workspace, String name) {}

  private record Entry(KeyRing ring, Instant loadedAt, AtomicBoolean renewing) {}
}
