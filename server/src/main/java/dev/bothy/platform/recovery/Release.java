package dev.bothy.platform.recovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;

/// Says go with nothing but the database, as the command `release` does: the servers follow within
/// a second, and write it into the audit logs.
public final class Release {
  private Release() {}

  /// What came of it.
  public enum Outcome {
    /// Work goes on.
    RELEASED,
    /// The restored database is still being prepared; nothing was changed.
    PREPARING,
    /// Nothing is held: it was released before, or there was no restore.
    NOTHING_HELD
  }

  /// @param connection as `bothy_app`, whose search path leads to the tables
  /// @param who for the record, e.g. the name of whoever runs it; 1 to 190 characters, no content
  /// @throws SQLException if the database refuses it
  public static Outcome run(Connection connection, String who, Clock clock) throws SQLException {
    try (PreparedStatement newest =
            connection.prepareStatement(
                "select id, state from recovery order by restored_at desc, id desc limit 1");
        ResultSet row = newest.executeQuery()) {
      if (!row.next()) {
        return Outcome.NOTHING_HELD;
      }
      return switch (Recovery.State.valueOf(row.getString("state"))) {
        case PREPARING -> Outcome.PREPARING;
        case RELEASED -> Outcome.NOTHING_HELD;
        case HELD -> release(connection, row.getObject("id", UUID.class), who, clock);
      };
    }
  }

  private static Outcome release(Connection connection, UUID id, String who, Clock clock)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update recovery set state = 'RELEASED', released_at = ?, released_by = ?"
                + " where id = ? and state = 'HELD'")) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      update.setString(2, "command " + who);
      update.setObject(3, id);
      return update.executeUpdate() == 1 ? Outcome.RELEASED : Outcome.NOTHING_HELD;
    }
  }
}
