package dev.bothy.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.core.io.ClassPathResource;

/// A database of its own in the one PostgreSQL of the test run, with the roles that a DBA makes
/// with `db/roles.sql`.
///
/// @param url JDBC address of the database
public record TestDatabase(String url) {
  /// The password of every role; the server listens on loopback for the length of the run.
  public static final String PASSWORD = "test";

  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres started =
            EmbeddedPostgres.builder()
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "200")
                .start();
        // After the servers that use it have stopped, not at the same time.
        SpringApplication.getShutdownHandlers().add(() -> close(started));
        return started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final TestDatabase DATABASE = create();
  }

  /// The database of the server that tests share.
  public static TestDatabase shared() {
    return Shared.DATABASE;
  }

  /// A new, empty database with the roles in place and no migration run.
  public static TestDatabase create() {
    String name = "bothy_" + UUID.randomUUID().toString().replace("-", "");
    TestDatabase maintenance = new TestDatabase(address("postgres"));
    TestDatabase created = new TestDatabase(address(name));
    try (Connection connection = maintenance.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (Connection connection = created.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          new ClassPathResource("db/roles.sql").getContentAsString(StandardCharsets.UTF_8));
      for (String role : new String[] {"bothy_migrate", "bothy_app", "bothy_backup"}) {
        statement.execute("alter role " + role + " password '" + PASSWORD + "'");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return created;
  }

  /// A connection as this role: `postgres` (superuser), `bothy_migrate`, `bothy_app` or
  /// `bothy_backup`.
  public Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(url, role, PASSWORD);
  }

  /// The settings that point a server at this database, as `name=value`.
  public String[] properties() {
    return new String[] {
      "spring.datasource.url=" + url,
      "spring.datasource.username=bothy_app",
      "spring.datasource.password=" + PASSWORD,
      "spring.flyway.url=" + url,
      "spring.flyway.user=bothy_migrate",
      "spring.flyway.password=" + PASSWORD
    };
  }

  private static String address(String database) {
    return "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/" + database;
  }
}
