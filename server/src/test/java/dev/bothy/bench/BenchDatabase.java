package dev.bothy.bench;

import dev.bothy.embedded.PostgresServer;
import dev.bothy.testkit.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The PostgreSQL that everybody who is measured shares: of the version that Bothy brings, with
/// fresh files, and as durable as an installed one.
final class BenchDatabase implements AutoCloseable {
  /// The password of every role; the server listens on loopback for the length of the run.
  static final String PASSWORD = "bench";

  static final String NAME = "bothy";

  /// A superuser beside PostgreSQL's own, whose password only [PostgresServer] knows.
  static final String SUPERUSER = "bench";

  private static final Map<String, String> SETTINGS =
      Map.of("fsync", "on", "synchronous_commit", "on", "max_connections", "400");

  private final Path folder;
  private final int port;
  private PostgresServer server;

  private BenchDatabase(Path folder, int port, PostgresServer server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                close();
              } catch (IOException e) {
                System.err.println("PostgreSQL was not stopped: " + e.getMessage());
              }
            }));
  }

  /// @param folder is emptied first
  static BenchDatabase start(Path folder) throws IOException, SQLException {
    if (Files.exists(folder.resolve("files/postmaster.pid"))) {
      // Left behind by a run that was ended: starting finds it and stops it.
      PostgresServer.start(folder, ServerProcess.freePort(), SETTINGS).close();
    }
    deleteAll(folder);
    int port = ServerProcess.freePort();
    BenchDatabase database =
        new BenchDatabase(folder, port, PostgresServer.start(folder, port, SETTINGS));
    database.make(NAME);
    return database;
  }

  /// A new database, with the roles that a DBA makes with `db/roles.sql`.
  void make(String name) throws IOException, SQLException {
    server.ensureDatabase(name);
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement();
        InputStream roles = BenchDatabase.class.getResourceAsStream("/db/roles.sql")) {
      statement.execute(
          new String(Objects.requireNonNull(roles).readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(
          "do $$ begin if to_regrole('bench') is null then create role bench superuser login;"
              + " end if; end $$");
      for (String role : List.of(SUPERUSER, "bothy_migrate", "bothy_app", "bothy_backup")) {
        statement.execute("alter role " + role + " password '" + PASSWORD + "'");
      }
    }
  }

  /// A new database with nothing in it.
  void makeEmpty(String name) throws SQLException {
    execute("create database " + name + " template template0");
  }

  void drop(String name) throws SQLException {
    execute("drop database if exists " + name + " with (force)");
  }

  int port() {
    return port;
  }

  /// For libpq and for node: the superuser's address of a database.
  String address(String name) {
    return "postgres://" + SUPERUSER + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + name;
  }

  /// The settings that point a server at a database.
  List<String> settings(String name) {
    String url = server.url(name);
    return List.of(
        "spring.datasource.url=" + url,
        "spring.datasource.username=bothy_app",
        "spring.datasource.password=" + PASSWORD,
        "spring.flyway.url=" + url,
        "spring.flyway.user=bothy_migrate",
        "spring.flyway.password=" + PASSWORD);
  }

  String url(String name) {
    return server.url(name);
  }

  /// Runs statements as superuser, with Bothy's tables on the path.
  void execute(String... statements) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  long number(String query) throws SQLException {
    return Long.parseLong(texts(query).getFirst());
  }

  /// The first column.
  List<String> texts(String query) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  /// A connection as superuser, with Bothy's tables on the path.
  Connection superuser() throws SQLException {
    Connection connection =
        java.sql.DriverManager.getConnection(server.url(NAME), SUPERUSER, PASSWORD);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = bothy, public");
    }
    return connection;
  }

  /// `kill -9` of its main process and all that it has started. It returns when all of them are
  /// gone: on a busy machine one may still finish a commit after the signal was sent.
  void kill() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("files/postmaster.pid")).getFirst().strip());
    ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = main.descendants().toList();
    main.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    main.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  /// Starts it again on the files that are there, after it was killed.
  void restart() throws IOException {
    server = PostgresServer.start(folder, port, SETTINGS);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
