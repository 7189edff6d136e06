package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Tables.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts and sums up all tables, as they are in a database or in a backup, and compares them with
/// a manifest.
final class TableSums {
  private static final int BUFFER = 1 << 16;

  private final Map<String, TableSum> sums = new ConcurrentHashMap<>();

  void add(String table, TableSum sum) {
    sums.computeIfAbsent(table, name -> new TableSum()).add(sum);
  }

  /// As they are in the database.
  ///
  /// @param tables the manifest's, whose columns are read
  /// @param database as a role that sees every row
  static TableSums of(
      List<Manifest.Table> tables,
      ConnectionSource database,
      int parallel,
      BackupProgress progress) {
    TableSums sums = new TableSums();
    List<Chunk> chunks;
    try (Connection connection = database.open()) {
      Map<String, Tables.Table> there = new ConcurrentHashMap<>();
      Tables.all(connection).forEach(table -> there.put(table.name(), table));
      chunks =
          tables.stream()
              .flatMap(table -> {
                Tables.Table found = there.get(table.name());
                if (found == null) {
                  throw new BackupFailure(
                      Reason.VerificationFailed,
                      "The table %s is not in the database".formatted(table.name()));
                }
                return Tables.chunks(
                    new Tables.Table(table.name(), table.columns(), found.bytes(), found.pages()),
                    Tables.CHUNK_BYTES)
                    .stream();
              })
              .toList();
    } catch (Exception e) {
      throw BackupFailure.of(e);
    }
    long all = Math.max(1, chunks.stream().mapToLong(Chunk::bytes).sum());
    AtomicLong done = new AtomicLong();
    Together.run(
        database,
        parallel,
        Tables::fixText,
        chunks,
        (connection, chunk) -> {
          TableSum sum = new TableSum();
          RowText.read(connection, chunk, line -> sum.add(line, 0, line.length));
          sums.add(chunk.table().name(), sum);
          long now = done.addAndGet(chunk.bytes());
          progress.at(
              "Verifying",
              (int) (now * 100 / all),
              Words.bytes(now) + " of " + Words.bytes(all) + " read again");
        });
    return sums;
  }

  /// Sums up one part while somebody else gets its bytes as well, and closes it.
  ///
  /// @return its sum
  static TableSum read(InputStream rows, Pieces pieces) throws IOException, SQLException {
    TableSum sum = new TableSum();
    byte[] buffer = new byte[BUFFER];
    // What uncompresses has memory that is not Java's.
    try (rows) {
      int length = rows.read(buffer);
      while (length >= 0) {
        sum.addAll(buffer, length);
        pieces.piece(buffer, length);
        length = rows.read(buffer);
      }
    }
    return sum;
  }

  /// Gets text in pieces.
  @FunctionalInterface
  interface Pieces {
    void piece(byte[] text, int length) throws SQLException;
  }

  /// @throws BackupFailure naming the first table that is not as the manifest says
  void compare(Manifest manifest, Reason reason, String where) {
    for (Manifest.Table table : manifest.tables()) {
      TableSum sum = sums.getOrDefault(table.name(), new TableSum());
      if (sum.rows() != table.rows() || !sum.checksum().equals(table.checksum())) {
        throw new BackupFailure(
            reason,
            "%s of %s %s %d rows with the checksum %s; the manifest says %d and %s"
                .formatted(
                    table.name(),
                    manifest.id(),
                    where,
                    sum.rows(),
                    sum.checksum(),
                    table.rows(),
                    table.checksum()));
      }
    }
  }
}
