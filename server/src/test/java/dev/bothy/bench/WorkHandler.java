package dev.bothy.bench;

import dev.bothy.platform.work.InboxHandler;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes one insert for each event. The first ones wait behind a gate until all events are in, so
/// that the clock starts with the work.
class WorkHandler implements InboxHandler {
  static final String KIND = "bench";

  private final JdbcClient jdbc;
  private final AtomicLong done = new AtomicLong();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  WorkHandler(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(KIND);
  }

  @Override
  public Prepared prepare(Item item) {
    return new Prepared() {
      @Override
      public void handle() {
        insert(item);
      }

      @Override
      public void handled() {
        done.incrementAndGet();
      }
    };
  }

  private void insert(Item item) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    jdbc.sql("insert into bench_effect (workspace_id, id, note) values (?, ?, 'done')")
        .params(item.workspace().value(), item.id())
        .update();
  }

  void close() {
    done.set(0);
    gate = new CountDownLatch(1);
  }

  void open() {
    gate.countDown();
  }

  /// How many events were completed since [#close].
  long done() {
    return done.get();
  }
}
