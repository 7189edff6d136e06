package dev.bothy.embedded;

import dev.bothy.database.RoleScript;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Does in the embedded PostgreSQL what a DBA does elsewhere: makes the database and runs the role
/// script.
final class BothyDatabase {
  private static final String NAME = "bothy";

  private final PostgresServer server;
  private final Secrets secrets;

  BothyDatabase(PostgresServer server, Secrets secrets) {
    this.server = server;
    this.secrets = secrets;
  }

  /// Safe to call at every start.
  void prepare() throws IOException, SQLException {
    server.ensureDatabase(NAME);
    try (Connection connection = server.connect(NAME)) {
      RoleScript.run(connection);
      for (String role : List.of("bothy_migrate", "bothy_app", "bothy_backup")) {
        RoleScript.setPassword(connection, role, secrets.forMachines("database." + role));
      }
    }
  }

  /// A person is known by issuer and subject, and the issuer's address has the port of the embedded
  /// Keycloak in it: if that had to move, everybody known moves with it.
  void moveIssuer(URI issuer) throws SQLException {
    try (Connection connection = server.connect(NAME);
        Statement statement = connection.createStatement()) {
      boolean migrated;
      try (ResultSet found = statement.executeQuery("select to_regclass('bothy.person')")) {
        migrated = found.next() && found.getString(1) != null;
      }
      if (migrated) {
        try (PreparedStatement update =
            connection.prepareStatement(
                "update bothy.person set issuer = ? where issuer like 'http://localhost:%' and"
                    + " issuer <> ?")) {
          update.setString(1, issuer.toString());
          update.setString(2, issuer.toString());
          update.executeUpdate();
        }
      }
    }
  }

  /// The settings that point the server here.
  Map<String, String> properties() throws IOException {
    return properties(server.port(), secrets);
  }

  /// The same for a server of this port that another process has started.
  static Map<String, String> properties(int port, Secrets secrets) throws IOException {
    String url = PostgresServer.url(port, NAME);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.datasource.url", url);
    properties.put("spring.datasource.username", "bothy_app");
    properties.put("spring.datasource.password", secrets.forMachines("database.bothy_app"));
    properties.put("spring.flyway.url", url);
    properties.put("spring.flyway.user", "bothy_migrate");
    properties.put("spring.flyway.password", secrets.forMachines("database.bothy_migrate"));
    return properties;
  }
}
