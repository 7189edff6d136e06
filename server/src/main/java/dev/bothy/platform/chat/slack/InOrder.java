package dev.bothy.platform.chat.slack;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Runs tasks of one key one after the other, as they came, and those of different keys side by
/// side.
final class InOrder {
  private final Map<String, CompletableFuture<Boolean>> last = new ConcurrentHashMap<>();
  private final Executor threads;

  /// @param name of the threads
  InOrder(String name) {
    this.threads = task -> Thread.ofVirtual().name(name).start(task);
  }

  /// @param key empty for a task that waits for no other
  void run(String key, Runnable task) {
    if (key.isEmpty()) {
      threads.execute(task);
      return;
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> before = last.put(key, mine);
    threads.execute(() -> {
      try {
        if (before != null) {
          before.join();
        }
        task.run();
      } finally {
        last.remove(key, mine);
        mine.complete(true);
      }
    });
  }
}
