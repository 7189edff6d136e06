package dev.bothy.platform.workspace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/// Which installation a database is of. It is made with the schema, goes into every backup, and
/// comes back with it.
public final class InstallationId {
  private InstallationId() {}

  /// @return empty if the database has no schema yet, or one from before there was an id
  public static Optional<UUID> of(Connection connection) throws SQLException {
    return of(connection, "bothy");
  }

  /// @param schema which one holds the data: a restore puts it aside under another name
  /// @return empty if there is no such schema yet, or one from before there was an id
  public static Optional<UUID> of(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet table =
          statement.executeQuery("select to_regclass('" + schema + ".installation')")) {
        if (!table.next() || table.getString(1) == null) {
          return Optional.empty();
        }
      }
      try (ResultSet row = statement.executeQuery("select id from " + schema + ".installation")) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }
}
