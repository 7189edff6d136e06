package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Retention.BackupClass;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The backups in a store, and what was found about them. The store is the only list there is: it
/// knows of backups also where the database is lost.
public final class Backups {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final Duration YOUNG = Duration.ofDays(1);
  private static final int NEWEST_EVIDENCE = 200;

  private final ObjectStore store;
  private final Map<BackupId, Manifest> manifests = new ConcurrentHashMap<>();
  private final Map<String, Evidence> found = new ConcurrentHashMap<>();

  public Backups(ObjectStore store) {
    this.store = store;
  }

  /// A backup as its manifest shows it; what proves it is checked by whoever reads it.
  ///
  /// @param classes why it is kept; empty for one that the next backup removes
  /// @param verifiedAt when a drill or a verification found all of it good last; null if none has
  public record Entry(Manifest manifest, Set<BackupClass> classes, @Nullable Instant verifiedAt) {
    public Entry {
      classes = Set.copyOf(classes);
    }
  }

  /// Whole ones alone, newest first.
  ///
  /// @throws BackupFailure if the store cannot be read
  public List<Entry> newestFirst(Retention retention) {
    try {
      // What was found last counts: one that was good may have been damaged since.
      Map<String, Evidence> last = new HashMap<>();
      evidence().forEach(each -> last.putIfAbsent(each.backup(), each));
      Map<UUID, List<BackupId>> byInstallation = new HashMap<>();
      List<Manifest> all = manifests();
      all.forEach(manifest ->
          byInstallation
              .computeIfAbsent(manifest.installation(), _ -> new ArrayList<>())
              .add(manifest.backup()));
      Map<BackupId, Set<BackupClass>> classes = new HashMap<>();
      byInstallation.values().forEach(ids -> classes.putAll(retention.classes(ids)));
      return all.stream()
          .map(manifest ->
              new Entry(
                  manifest,
                  classes.getOrDefault(manifest.backup(), Set.of()),
                  verifiedAt(last.get(manifest.id()))))
          .toList();
    } catch (RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  private static @Nullable Instant verifiedAt(@Nullable Evidence last) {
    return last == null || !last.good() ? null : last.endedAt();
  }

  /// The newest, newest first: up to 200.
  ///
  /// @throws BackupFailure if the store cannot be read
  public List<Evidence> evidence() {
    try {
      return store.list(Layout.EVIDENCE).stream()
          .map(StoredObject::key)
          .filter(key -> key.endsWith(".json"))
          .sorted(Comparator.reverseOrder())
          .limit(NEWEST_EVIDENCE)
          .flatMap(key -> evidence(key).stream())
          .toList();
    } catch (RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  private Optional<Evidence> evidence(String key) {
    Evidence known = found.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Evidence> read = Evidence.read(store.get(key));
    read.ifPresent(each -> found.put(key, each));
    return read;
  }

  /// Keeps what was found.
  ///
  /// @throws BackupFailure if the store does not take it
  public void keep(Evidence evidence) {
    try {
      store.put(evidence.key(), evidence.json());
    } catch (StorageException e) {
      throw BackupFailure.of(e);
    }
  }

  /// Which backup is meant. One whose manifest is damaged is not passed over: whoever opens it says
  /// so.
  ///
  /// @param wanted its id; `newest`; or `newest-good`: the newest that a drill or a verification
  ///   found good when it looked last
  /// @throws BackupFailure if there is no such one
  public BackupId pick(String wanted) {
    if (BackupId.isOne(wanted)) {
      return new BackupId(wanted);
    }
    if (wanted.equals("newest")) {
      return named()
          .filter(this::isThere)
          .findFirst()
          .orElseThrow(() ->
              new BackupFailure(
                  Reason.NoBackup,
                  "There is no backup in %s yet: the command backup makes one"
                      .formatted(store.describe())));
    }
    if (!wanted.equals("newest-good")) {
      throw new BackupFailure(
          Reason.NoBackup,
          "%s names no backup: give an id such as 20261127t021500z-3f9a1c, newest or newest-good"
              .formatted(wanted));
    }
    List<Entry> all = newestFirst(new Retention(1, 0, 0));
    return all.stream()
        .filter(entry -> entry.verifiedAt() != null)
        .findFirst()
        .orElseThrow(() ->
            new BackupFailure(
                Reason.NoBackup,
                "None of the %d backups in %s was found good when it was looked at last. The command"
                        .formatted(all.size(), store.describe())
                    + " verify looks at one, and drill proves it"))
        .manifest()
        .backup();
  }

  /// By name, newest first, those too that are being made.
  private Stream<BackupId> named() {
    try {
      return store.folders(Layout.BACKUPS).stream()
          .filter(BackupId::isOne)
          .map(BackupId::new)
          .sorted(Comparator.reverseOrder());
    } catch (StorageException e) {
      throw BackupFailure.of(e);
    }
  }

  private boolean isThere(BackupId id) {
    try {
      return store.exists(id.folder() + Layout.MANIFEST);
    } catch (StorageException e) {
      throw BackupFailure.of(e);
    }
  }

  /// The newest that shows a moment not later than this.
  ///
  /// @throws BackupFailure if there is none
  public BackupId pick(Instant notAfter) {
    List<BackupId> all = named().filter(this::isThere).toList();
    return all.stream()
        .filter(id -> !takenAt(id).isAfter(notAfter))
        .findFirst()
        .orElseThrow(() ->
            new BackupFailure(
                Reason.NoBackup,
                "There is no backup of %s or before in %s; the oldest is of %s"
                    .formatted(
                        notAfter,
                        store.describe(),
                        all.isEmpty() ? "no time: there is none" : takenAt(all.getLast()))));
  }

  /// As its manifest has it, or else to the second, as its name has it.
  private Instant takenAt(BackupId id) {
    try {
      return manifest(id).map(Manifest::takenAt).orElseGet(id::takenAt);
    } catch (StorageException e) {
      throw BackupFailure.of(e);
    }
  }

  /// What [#prune] did.
  ///
  /// @param kept each one that stays, newest first, with its classes
  /// @param removed those that are gone
  public record Pruned(SortedMap<BackupId, Set<BackupClass>> kept, List<BackupId> removed) {
    public Pruned {
      removed = List.copyOf(removed);
    }
  }

  /// Removes what is to be kept no more of one installation, but for the newest that was found good
  /// and those of the last day: what was damaged an hour ago is in the newest one. What the store
  /// does not let go stays, and is tried again by the next.
  ///
  /// @param now when the newest was taken: what is later stays
  /// @throws BackupFailure if the store cannot be read
  public Pruned prune(UUID installation, Retention retention, Instant now) {
    try {
      return pruned(installation, retention, now);
    } catch (RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  private Pruned pruned(UUID installation, Retention retention, Instant now) {
    SortedMap<BackupId, Set<BackupClass>> classes =
        retention.classes(
            manifests().stream()
                .filter(manifest -> manifest.installation().equals(installation))
                .map(Manifest::backup)
                .toList(),
            now);
    List<BackupId> removed = new ArrayList<>();
    Instant young = now.minus(YOUNG);
    Optional<BackupId> proven = newestVerified(installation);
    for (BackupId id : List.copyOf(classes.keySet())) {
      boolean goes =
          classes.getOrDefault(id, Set.of()).isEmpty()
              && id.takenAt().isBefore(young)
              && !proven.equals(Optional.of(id));
      if (goes && remove(id)) {
        removed.add(id);
        classes.remove(id);
      }
    }
    return new Pruned(classes, removed);
  }

  private Optional<BackupId> newestVerified(UUID installation) {
    return newestFirst(new Retention(1, 0, 0)).stream()
        .filter(entry -> entry.manifest().installation().equals(installation))
        .filter(entry -> entry.verifiedAt() != null)
        .map(entry -> entry.manifest().backup())
        .findFirst();
  }

  /// The manifest goes first: what is left of one that is half removed is no backup any more.
  private boolean remove(BackupId id) {
    try {
      List<String> objects = store.list(id.folder()).stream().map(StoredObject::key).toList();
      store.delete(List.of(id.folder() + Layout.MANIFEST));
      store.delete(objects.stream().filter(key -> !key.equals(id.folder() + Layout.KEY)).toList());
      store.delete(List.of(id.folder() + Layout.KEY));
      manifests.remove(id);
      return true;
    } catch (StorageException e) {
      LOG.warn("The backup {} should be kept no more and is still there: {}", id, e.getMessage());
      return false;
    }
  }

  private List<Manifest> manifests() {
    List<Manifest> all = new ArrayList<>();
    for (String name : store.folders(Layout.BACKUPS)) {
      if (BackupId.isOne(name)) {
        manifest(new BackupId(name)).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(Manifest::backup).reversed());
    return all;
  }

  private Optional<Manifest> manifest(BackupId id) {
    Manifest known = manifests.get(id);
    if (known != null && store.exists(id.folder() + Layout.MANIFEST)) {
      return Optional.of(known);
    }
    manifests.remove(id);
    try {
      Manifest read = Manifest.read(id, store.get(id.folder() + Layout.MANIFEST));
      manifests.put(id, read);
      return Optional.of(read);
    } catch (StorageException e) {
      if (e.reason() == StorageException.Reason.MISSING) {
        // One that is being made, or was never finished.
        return Optional.empty();
      }
      throw e;
    } catch (BackupFailure e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }
}
