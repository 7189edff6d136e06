package dev.bothy.platform.backup;

import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A store that goes wrong at one of the writes, and stays so: every call fails from then on, or
/// every write.
final class TroubledStore implements ObjectStore {
  private final ObjectStore store;
  private final int failingPut;
  private final boolean readsToo;
  private final StorageException.@Nullable Reason reason;
  private final AtomicInteger puts = new AtomicInteger();

  /// @param failingPut which write is the first to fail, from 1
  /// @param readsToo whether nothing else works either from then on
  /// @param reason null for a program that runs out of memory
  TroubledStore(
      ObjectStore store,
      int failingPut,
      boolean readsToo,
      StorageException.@Nullable Reason reason) {
    this.store = store;
    this.failingPut = failingPut;
    this.readsToo = readsToo;
    this.reason = reason;
  }

  int puts() {
    return puts.get();
  }

  private void fail(String what) {
    if (reason == null) {
      throw new OutOfMemoryError("Java heap space");
    }
    throw new StorageException(reason, what + " failed in the test");
  }

  private void read(String what) {
    if (readsToo && puts.get() >= failingPut) {
      fail(what);
    }
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public void put(String key, byte[] content) {
    if (puts.incrementAndGet() >= failingPut) {
      fail("write " + key);
    }
    store.put(key, content);
  }

  @Override
  public byte[] get(String key) {
    read("read " + key);
    return store.get(key);
  }

  @Override
  public boolean exists(String key) {
    read("look for " + key);
    return store.exists(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    read("list " + prefix);
    return store.list(prefix);
  }

  @Override
  public void delete(Collection<String> keys) {
    read("delete");
    store.delete(keys);
  }
}
