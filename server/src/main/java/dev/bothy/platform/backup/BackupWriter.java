package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Manifest.Part;
import dev.bothy.platform.backup.Manifest.Stored;
import dev.bothy.platform.backup.Tables.Chunk;
import dev.bothy.platform.backup.Tables.Table;
import dev.bothy.platform.kernel.ProductVersion;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.keys.NeededKey;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.StorageException;
import dev.bothy.platform.storage.StoredObject;
import dev.bothy.platform.workspace.InstallationId;
import dev.bothy.platform.workspace.ModuleMigrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a backup: every table under one snapshot, by several connections at once, while servers go
/// on. Nothing but a few objects at a time lies in memory, and nothing on disk.
///
/// The manifest is written last. Whatever ends a run before that leaves objects that belong to no
/// backup; the next run removes them.
public final class BackupWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BackupWriter.class);

  private final ObjectStore store;
  private final BackupKeys keys;
  private final ConnectionSource database;
  private final int parallel;
  private final long chunkBytes;

  /// @param database as a role that reads every row of every table
  /// @param parallel how many connections read at once
  public BackupWriter(ObjectStore store, BackupKeys keys, ConnectionSource database, int parallel) {
    this(store, keys, database, parallel, Tables.CHUNK_BYTES);
  }

  /// @param chunkBytes what of a table one connection reads at a time
  BackupWriter(
      ObjectStore store,
      BackupKeys keys,
      ConnectionSource database,
      int parallel,
      long chunkBytes) {
    this.store = store;
    this.keys = keys;
    this.database = database;
    this.parallel = parallel;
    this.chunkBytes = chunkBytes;
  }

  /// What the snapshot shows of itself.
  private record Snapshot(
      String name,
      Instant takenAt,
      UUID installation,
      String postgres,
      SortedMap<String, String> schema,
      List<NeededKey> keys,
      List<Table> tables) {}

  /// @param name what whoever asked for it calls it; null for none
  /// @param documents what goes beside the tables, by name
  /// @throws BackupFailure if it did not come to its end; what it stored is gone again then, as far
  ///   as the store lets it
  public Manifest write(
      @Nullable String name, Map<String, byte[]> documents, BackupProgress progress) {
    try (Connection connection = database.open()) {
      Tables.fixText(connection);
      Schemas.lockForBackup(connection);
      try {
        Snapshot snapshot = snapshot(connection);
        removeUnfinished(snapshot.installation());
        BackupId id = BackupId.at(snapshot.takenAt());
        try {
          return write(id, name, snapshot, documents, now(connection), progress);
        } catch (RuntimeException e) {
          remove(id);
          throw e;
        }
      } finally {
        Schemas.unlock(connection);
      }
    } catch (SQLException | RuntimeException e) {
      throw BackupFailure.of(e);
    }
  }

  private Manifest write(
      BackupId id,
      @Nullable String name,
      Snapshot snapshot,
      Map<String, byte[]> documents,
      Instant startedAt,
      BackupProgress progress) {
    byte[] key = BackupCipher.newKey();
    BackupCipher cipher = new BackupCipher(id, key);
    BackupKeys.Wrapped wrapped = keys.wrap(key);
    Arrays.fill(key, (byte) 0);
    KeyFile keyFile = KeyFile.of(snapshot.installation(), wrapped);
    store.put(id.folder() + Layout.KEY, keyFile.json());
    long started = System.nanoTime();
    try (Uploads uploads = new Uploads(store, parallel + 1)) {
      Map<String, TableSum> sums = new ConcurrentHashMap<>();
      List<Part> parts = new ArrayList<>();
      copy(id, cipher, snapshot, uploads, sums, parts, progress);
      List<Stored> stored = new ArrayList<>();
      documents.forEach((document, content) -> {
        byte[] sealed = sealed(cipher, document, content);
        uploads.put(id.folder() + document, sealed);
        stored.add(Parts.stored(document, sealed));
      });
      parts.sort(Comparator.comparing(part -> part.stored().key()));
      byte[] list = sealed(cipher, Layout.PARTS, Manifest.json(parts));
      uploads.put(id.folder() + Layout.PARTS, list);
      uploads.await();
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              id.value(),
              name,
              snapshot.installation(),
              snapshot.takenAt(),
              startedAt.plusNanos(System.nanoTime() - started),
              ProductVersion.current(),
              snapshot.postgres(),
              snapshot.schema(),
              snapshot.tables().stream()
                  .sorted(Comparator.comparing(Table::name))
                  .map(table -> entry(table, sums.getOrDefault(table.name(), new TableSum())))
                  .toList(),
              snapshot.keys(),
              stored,
              Parts.stored(Layout.PARTS, list),
              uploads.bytes());
      byte[] json = manifest.json();
      store.put(id.folder() + Layout.PROOF, cipher.mac(json));
      store.put(id.folder() + Layout.MANIFEST, json);
      return manifest;
    }
  }

  private void copy(
      BackupId id,
      BackupCipher cipher,
      Snapshot snapshot,
      Uploads uploads,
      Map<String, TableSum> sums,
      List<Part> parts,
      BackupProgress progress) {
    List<Chunk> chunks =
        snapshot.tables().stream()
            .flatMap(table -> Tables.chunks(table, chunkBytes).stream())
            .toList();
    long all = Math.max(1, chunks.stream().mapToLong(Chunk::bytes).sum());
    AtomicLong done = new AtomicLong();
    progress.at("Copying", 0, Words.bytes(0) + " of " + Words.bytes(all));
    Together.run(
        database,
        parallel,
        connection -> join(connection, snapshot.name()),
        chunks,
        (connection, chunk) -> {
          TableSum sum = new TableSum();
          Parts written =
              new Parts(
                  chunk,
                  cipher,
                  (part, sealed) -> {
                    uploads.put(id.folder() + part.stored().key(), sealed);
                    synchronized (parts) {
                      parts.add(part);
                    }
                  });
          RowText.read(
              connection,
              chunk,
              line -> {
                sum.add(line, 0, line.length);
                written.row(line);
              });
          written.end();
          sums.computeIfAbsent(chunk.table().name(), table -> new TableSum()).add(sum);
          long now = done.addAndGet(chunk.bytes());
          progress.at(
              "Copying",
              (int) (now * 100 / all),
              Words.bytes(now) + " of " + Words.bytes(all) + ", " + chunk.table().name());
        });
  }

  private static byte[] sealed(BackupCipher cipher, String place, byte[] plain) {
    byte[] compressed = Parts.compressed(plain);
    return cipher.seal(place, compressed, compressed.length);
  }

  private static Manifest.Table entry(Table table, TableSum sum) {
    return new Manifest.Table(
        table.name(), table.columns(), sum.rows(), sum.checksum(), sum.bytes());
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return Objects.requireNonNull(row.getObject(1, OffsetDateTime.class)).toInstant();
    }
  }

  /// Opens the transaction that holds the snapshot until the connection is closed. The locks keep
  /// tables from being changed or rewritten meanwhile, as a migration would; rows may change.
  private static Snapshot snapshot(Connection connection) throws SQLException {
    UUID installation =
        InstallationId.of(connection)
            .orElseThrow(() ->
                new BackupFailure(
                    Reason.NotConfigured,
                    "The database has no schema of this version. Run migrate first"));
    String locked =
        Tables.all(connection).stream().map(Table::qualified).collect(Collectors.joining(", "));
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '60s'");
      statement.execute("lock table " + locked + " in access share mode");
      try (ResultSet row =
          statement.executeQuery(
              "select pg_export_snapshot(), now(), current_setting('server_version')")) {
        row.next();
        return new Snapshot(
            row.getString(1),
            Objects.requireNonNull(row.getObject(2, OffsetDateTime.class)).toInstant(),
            installation,
            row.getString(3),
            ModuleMigrations.applied(connection),
            BackupKeys.needed(connection),
            Tables.all(connection));
      }
    }
  }

  private static void join(Connection connection, String snapshot) throws SQLException {
    Tables.fixText(connection);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction snapshot '" + snapshot + "'");
    }
  }

  /// Removes what earlier runs of this installation left: none other runs, so none of it is still
  /// being written.
  private void removeUnfinished(UUID installation) {
    for (String name : store.folders(Layout.BACKUPS)) {
      if (BackupId.isOne(name)) {
        BackupId id = new BackupId(name);
        if (!store.exists(id.folder() + Layout.MANIFEST) && isOf(installation, id)) {
          LOG.info("Removing {}: it was never finished", id);
          remove(id);
        }
      }
    }
  }

  private boolean isOf(UUID installation, BackupId id) {
    return store.exists(id.folder() + Layout.KEY)
        && KeyFile.read(store.get(id.folder() + Layout.KEY))
            .filter(key -> key.installation().equals(installation))
            .isPresent();
  }

  /// The manifest goes first, as it may be there although storing it seemed to fail; whose it is
  /// goes last, so that what is left is found again.
  private void remove(BackupId id) {
    try {
      store.delete(List.of(id.folder() + Layout.MANIFEST));
      String key = id.folder() + Layout.KEY;
      store.delete(
          store.list(id.folder()).stream()
              .map(StoredObject::key)
              .filter(each -> !each.equals(key))
              .toList());
      store.delete(List.of(key));
    } catch (StorageException e) {
      LOG.warn("What the unfinished backup {} stored is still there: {}", id, e.getMessage());
    }
  }
}
