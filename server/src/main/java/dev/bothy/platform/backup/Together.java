package dev.bothy.platform.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Does pieces of work on several connections at once. The first failure ends it all.
final class Together {
  private Together() {}

  /// What is done with a piece.
  @FunctionalInterface
  interface Work<T> {
    void on(Connection connection, T piece) throws Exception;
  }

  /// Makes a connection ready.
  @FunctionalInterface
  interface Setup {
    void on(Connection connection) throws SQLException;
  }

  /// @throws BackupFailure what the first failed with
  static <T> void run(
      ConnectionSource source, int parallel, Setup setup, List<T> pieces, Work<T> work) {
    Iterator<T> left = pieces.iterator();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(parallel, pieces.size()); i++) {
      threads.add(
          Thread.ofPlatform()
              .name("backup-" + i)
              .start(() -> {
                try (Connection connection = source.open()) {
                  setup.on(connection);
                  for (T piece = next(left, failure); piece != null; piece = next(left, failure)) {
                    work.on(connection, piece);
                  }
                } catch (Exception | Error e) {
                  // One that runs out of memory has not done its pieces either.
                  failure.compareAndSet(null, e);
                }
              }));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, e);
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw BackupFailure.of(failed);
    }
  }

  private static <T> @Nullable T next(
      Iterator<T> left, AtomicReference<@Nullable Throwable> failure) {
    synchronized (left) {
      return failure.get() == null && left.hasNext() ? left.next() : null;
    }
  }
}
