package dev.bothy.platform.backup;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/// Reads the rows of a chunk as PostgreSQL writes them for `COPY`.
final class RowText {
  private RowText() {}

  /// Gets each row, as a line with its end.
  @FunctionalInterface
  interface Sink {
    void row(byte[] line);
  }

  static void read(Connection connection, Tables.Chunk chunk, Sink sink) throws SQLException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(chunk.copy());
    try {
      byte[] line = copy.readFromCopy();
      while (line != null) {
        sink.row(line);
        line = copy.readFromCopy();
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
