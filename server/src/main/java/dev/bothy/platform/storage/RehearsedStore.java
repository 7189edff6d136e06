package dev.bothy.platform.storage;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Shows another store, which it does not change: what is put and deleted is so here alone, in
/// memory, for as long as the process lives.
final class RehearsedStore implements ObjectStore {
  private final ObjectStore real;
  private final Clock clock;

  private record Written(byte[] content, StoredObject object) {}

  private final Map<String, Written> written = new TreeMap<>();
  private final Set<String> deleted = new HashSet<>();

  RehearsedStore(ObjectStore real, Clock clock) {
    this.real = real;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return real.describe() + ", which is not changed";
  }

  @Override
  public synchronized void put(String key, byte[] content) {
    ObjectKey.checked(key);
    ObjectKey.checkSize(key, content);
    written.put(
        key, new Written(content.clone(), new StoredObject(key, content.length, clock.instant())));
    deleted.remove(key);
  }

  @Override
  public synchronized byte[] get(String key) {
    Optional<Written> own = Optional.ofNullable(written.get(key));
    if (own.isEmpty() && deleted.contains(key)) {
      throw new StorageException(
          StorageException.Reason.MISSING, "%s is not in %s".formatted(key, describe()));
    }
    return own.map(each -> each.content().clone()).orElseGet(() -> real.get(key));
  }

  @Override
  public synchronized boolean exists(String key) {
    return written.containsKey(key) || (!deleted.contains(key) && real.exists(key));
  }

  @Override
  public synchronized List<StoredObject> list(String prefix) {
    Map<String, StoredObject> all = new TreeMap<>();
    real.list(prefix).stream()
        .filter(object -> !deleted.contains(object.key()))
        .forEach(object -> all.put(object.key(), object));
    written.values().stream()
        .map(Written::object)
        .filter(object -> object.key().startsWith(prefix))
        .forEach(object -> all.put(object.key(), object));
    return List.copyOf(all.values());
  }

  @Override
  public synchronized List<String> folders(String prefix) {
    return Stream.concat(real.folders(prefix).stream(), ObjectStore.super.folders(prefix).stream())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public synchronized void delete(Collection<String> keys) {
    keys.forEach(ObjectKey::checked);
    written.keySet().removeAll(keys);
    deleted.addAll(keys);
  }
}
