package dev.bothy.platform.backup;

import dev.bothy.platform.storage.ObjectStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stores objects while the next ones are made; no more than a few at a time, since each lies in
/// memory until it is stored.
final class Uploads implements AutoCloseable {
  private final ObjectStore store;
  private final int most;
  private final Semaphore free;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong bytes = new AtomicLong();

  Uploads(ObjectStore store, int most) {
    this.store = store;
    this.most = most;
    this.free = new Semaphore(most);
  }

  /// Waits while too many are on their way.
  ///
  /// @throws BackupFailure what an earlier one failed with
  void put(String key, byte[] content) {
    free.acquireUninterruptibly();
    Throwable failed = failure.get();
    if (failed != null) {
      free.release();
      throw BackupFailure.of(failed);
    }
    threads.execute(() -> {
      try {
        store.put(key, content);
        bytes.addAndGet(content.length);
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        free.release();
      }
    });
  }

  /// Waits for all.
  ///
  /// @throws BackupFailure what one of them failed with
  void await() {
    free.acquireUninterruptibly(most);
    free.release(most);
    Throwable failed = failure.get();
    if (failed != null) {
      throw BackupFailure.of(failed);
    }
  }

  long bytes() {
    return bytes.get();
  }

  /// Waits for those that are on their way: after it nothing is stored that would have to be
  /// removed once more.
  @Override
  public void close() {
    threads.close();
  }
}
