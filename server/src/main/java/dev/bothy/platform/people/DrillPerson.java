package dev.bothy.platform.people;

import dev.bothy.platform.kernel.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// Somebody who exists in the throw-away database of a restore drill alone, so that the drill signs
/// in as nobody's person.
public final class DrillPerson {
  /// Nobody else can be called so: user names of people have no blank.
  public static final String USERNAME = "restore drill";

  private DrillPerson() {}

  /// Makes them an owner of a workspace.
  ///
  /// @param connection of the schema's owner, to the throw-away database
  public static void add(Connection connection, UUID workspace, Clock clock) throws SQLException {
    UUID id = Ids.next(clock);
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    try (PreparedStatement person =
            connection.prepareStatement(
                "insert into bothy.person (id, name, username, created_at) values (?, ?, ?, ?)");
        PreparedStatement place =
            connection.prepareStatement(
                "insert into bothy.member (workspace_id, person_id, roles, roles_given, created_at)"
                    + " values (?, ?, array['OWNER'], array['OWNER'], ?)")) {
      person.setObject(1, id);
      person.setString(2, "Restore drill");
      person.setString(3, USERNAME);
      person.setObject(4, now);
      person.executeUpdate();
      place.setObject(1, workspace);
      place.setObject(2, id);
      place.setObject(3, now);
      place.executeUpdate();
    }
  }
}
