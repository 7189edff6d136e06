package dev.bothy.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// `db/roles.sql`, which a DBA runs by hand elsewhere, and the passwords that go with it.
public final class RoleScript {
  private static final String FILE = "/db/roles.sql";

  private RoleScript() {}

  /// Makes the roles and the schema in the database that the connection leads to, or leaves them if
  /// they are there.
  ///
  /// @param connection of a superuser
  public static void run(Connection connection) throws IOException, SQLException {
    try (Statement statement = connection.createStatement();
        InputStream script = RoleScript.class.getResourceAsStream(FILE)) {
      if (script == null) {
        throw new IOException(FILE + " is not on the class path");
      }
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Gives the role this password. PostgreSQL gets to see its hash alone, so it is in none of its
  /// logs.
  public static void setPassword(Connection connection, String role, String password)
      throws SQLException {
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role, password.toCharArray(), "scram-sha-256");
  }
}
