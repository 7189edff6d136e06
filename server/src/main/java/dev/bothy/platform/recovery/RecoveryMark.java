package dev.bothy.platform.recovery;

import dev.bothy.platform.kernel.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

/// The mark that a restore leaves in the database that it loaded: a server that finds it serves
/// only after it has prepared, and then holds its work until it is released.
public final class RecoveryMark {
  private RecoveryMark() {}

  /// Leaves the mark, in the connection's transaction. The tables are to be at this version's
  /// migrations, and the connection's search path to lead to them.
  ///
  /// @param backupId of the backup that was loaded, 1 to 100 characters
  /// @param backupTakenAt when the backup's snapshot was taken
  /// @param restoredAt when it was loaded; later than every earlier restore of the same database
  /// @return the mark's id
  /// @throws SQLException if it cannot be written
  public static UUID insert(
      Connection connection, String backupId, Instant backupTakenAt, Instant restoredAt)
      throws SQLException {
    UUID id = Ids.next(Clock.fixed(restoredAt, ZoneId.of("UTC")));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into recovery (id, backup_id, backup_taken_at, restored_at, state)"
                + " values (?, ?, ?, ?, 'PREPARING')")) {
      insert.setObject(1, id);
      insert.setString(2, backupId);
      insert.setObject(3, backupTakenAt.atOffset(ZoneOffset.UTC));
      insert.setObject(4, restoredAt.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return id;
  }
}
