package dev.bothy.platform.work;

import dev.bothy.platform.workspace.Outage;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/// Stores deliveries in batches that share a commit: while one batch is being written the next one
/// gathers. A request waits without holding a connection. A batch that fails is written again row
/// by row, so that one bad row hurts nobody else.
final class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  /// How long a network should stay away when too much waits here.
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final JdbcTemplate jdbc;
  private final Workspaces workspaces;
  private final int batch;
  private final BlockingQueue<Entry> waiting;
  private final Thread writer;
  private volatile boolean stopping;

  GroupCommit(JdbcTemplate jdbc, Workspaces workspaces, WorkSettings settings) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.batch = settings.batch();
    this.waiting = new ArrayBlockingQueue<>(settings.waiting());
    // Not a virtual one: it waits for the database most of the time, and each wait of a virtual
    // thread on a socket takes two more threads to end it.
    this.writer = Thread.ofPlatform().name("inbox-writer").daemon().unstarted(this::write);
  }

  /// One delivery on its way to disk.
  ///
  /// @param sealed the payload as ciphertext
  record Row(UUID id, Inbox.Delivery delivery, byte[] sealed) {}

  private record Entry(Row row, CompletableFuture<Boolean> stored) {}

  void start() {
    writer.start();
  }

  /// Writes what is still waiting, then ends.
  void stop(Duration patience) throws InterruptedException {
    stopping = true;
    writer.join(patience);
  }

  /// Offers a row; the future completes after its batch has committed: true when it was stored,
  /// false when it was there already. Null when too much waits already.
  @Nullable CompletableFuture<Boolean> offer(Row row) {
    Entry entry = new Entry(row, new CompletableFuture<>());
    return !stopping && waiting.offer(entry) ? entry.stored() : null;
  }

  private void write() {
    List<Entry> entries = new ArrayList<>(batch);
    while (true) {
      try {
        Entry first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (stopping) {
            return;
          }
          continue;
        }
        entries.add(first);
        waiting.drainTo(entries, batch - 1);
        writeBatch(entries);
        entries.clear();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void writeBatch(List<Entry> entries) {
    try {
      complete(entries, insertTwice(entries));
    } catch (RuntimeException e) {
      boolean outage = Outage.isCauseOf(e);
      if (outage) {
        LOG.warn(
            "{} deliveries cannot be stored now; their networks come again", entries.size(), e);
      }
      // One by one they would each wait for the database as long again.
      if (entries.size() == 1 || outage) {
        entries.forEach(entry -> entry.stored().completeExceptionally(e));
        return;
      }
      LOG.warn("A batch of {} deliveries failed; writing them one by one", entries.size(), e);
      entries.forEach(entry -> writeBatch(List.of(entry)));
    }
  }

  private static void complete(List<Entry> entries, Set<UUID> stored) {
    entries.forEach(entry -> entry.stored().complete(stored.contains(entry.row().id())));
  }

  /// After a failover the pool still hands out connections of before: the second try has a fresh
  /// one. What the first try stored nevertheless is then found as a repetition, and acknowledged.
  private Set<UUID> insertTwice(List<Entry> entries) {
    try {
      return insert(entries);
    } catch (RuntimeException e) {
      if (!Outage.isCauseOf(e)) {
        throw e;
      }
      return insert(entries);
    }
  }

  private Set<UUID> insert(List<Entry> entries) {
    List<Row> rows = entries.stream().map(Entry::row).toList();
    return workspaces.inOneStatement(
        () -> jdbc.execute((ConnectionCallback<Set<UUID>>) connection -> insert(connection, rows)));
  }

  private static Set<UUID> insert(Connection connection, List<Row> rows) throws SQLException {
    try (java.sql.PreparedStatement statement =
        connection.prepareStatement("select * from ingest(?, ?, ?, ?, ?, ?, ?)")) {
      statement.setArray(1, array(connection, "uuid", rows, Row::id));
      statement.setArray(
          2, array(connection, "uuid", rows, row -> row.delivery().workspace().value()));
      statement.setArray(3, array(connection, "uuid", rows, row -> row.delivery().source()));
      statement.setArray(4, array(connection, "text", rows, row -> row.delivery().deliveryId()));
      statement.setArray(5, array(connection, "text", rows, row -> row.delivery().kind()));
      statement.setArray(6, array(connection, "text", rows, row -> row.delivery().lane()));
      statement.setArray(
          7,
          connection.createArrayOf("bytea", rows.stream().map(Row::sealed).toArray(byte[][]::new)));
      Set<UUID> stored = new HashSet<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          stored.add(results.getObject(1, UUID.class));
        }
      }
      return stored;
    }
  }

  private static Array array(
      Connection connection, String type, List<Row> rows, Function<Row, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }
}
