package dev.bothy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL of our own on loopback, whose files stay between starts.
///
/// It is as durable as an installed one (`fsync` and `synchronous_commit` are on), asks for a
/// password also on loopback, and opens no socket but its TCP port. It survives the end of this
/// process, however sudden; the next [#start] on the same folder finds it, stops it and starts
/// anew.
public final class PostgresServer implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final Duration LEFTOVERS = Duration.ofSeconds(15);

  private final PostgresBinaries binaries;
  private final Path files;
  private final int port;
  private final String password;

  private PostgresServer(PostgresBinaries binaries, Path files, int port, String password) {
    this.binaries = binaries;
    this.files = files;
    this.port = port;
    this.password = password;
  }

  /// Starts the server, and makes its files first if the folder has none.
  ///
  /// @param folder holds `files/`, `postgresql.log` and the superuser's password; made if missing
  /// @param port a free port on 127.0.0.1
  /// @param settings server settings (`postgresql.conf` names) that differ from PostgreSQL's own
  ///   defaults
  /// @throws IOException with the end of the log, if it does not start
  public static PostgresServer start(Path folder, int port, Map<String, String> settings)
      throws IOException {
    Path home = Files.createDirectories(folder).toRealPath();
    String password = Secrets.in(home.resolve("secrets.properties")).forMachines("superuser");
    PostgresServer server =
        new PostgresServer(PostgresBinaries.unpacked(), home.resolve("files"), port, password);
    server.makeFiles();
    server.endLeftover();
    server.launch(settings);
    return server;
  }

  /// Ends the server that an earlier, killed run left behind in this folder, so that its port is
  /// free again. Does nothing if there is none.
  ///
  /// @param folder as for [#start]
  static void endLeftover(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      Path files = folder.toRealPath().resolve("files");
      new PostgresServer(PostgresBinaries.unpacked(), files, 0, "").endLeftover();
    }
  }

  public int port() {
    return port;
  }

  /// The superuser's, which is called `postgres`.
  String password() {
    return password;
  }

  /// The JDBC address of a database of this server.
  public String url(String database) {
    return url(port, database);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// A connection as superuser.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), SUPERUSER, password);
  }

  /// Makes an empty database unless it is there.
  ///
  /// @param name letters, digits and underscores
  public void ensureDatabase(String name) throws SQLException {
    try (Connection connection = connect(SUPERUSER);
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet found =
          statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("create database " + name);
      }
    }
  }

  /// The server's main process.
  Optional<ProcessHandle> process() throws IOException {
    Path pidFile = files.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    return pid.matches("\\d+")
        ? ProcessHandle.of(Long.parseLong(pid)).filter(this::servesTheseFiles)
        : Optional.empty();
  }

  /// Stops the server: connections are ended, everything committed stays.
  @Override
  public void close() throws IOException {
    if (process().isPresent()) {
      Programs.run(
          binaries.command("pg_ctl", "stop", "-D", files.toString(), "-m", "fast", "-w"), Map.of());
    }
  }

  /// The files are made beside and renamed when they are whole.
  private void makeFiles() throws IOException {
    if (Files.exists(files)) {
      return;
    }
    Path part = files.resolveSibling("files.part");
    Path passwordFile = files.resolveSibling("password.part");
    Cache.delete(part);
    try {
      Secrets.writeOwnerOnly(passwordFile, password);
      Programs.run(
          binaries.command(
              "initdb",
              "--pgdata=" + part,
              "--username=" + SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--locale=C.UTF-8"),
          Map.of());
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(part, files, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Stops a running leftover. Where only its pid file is left and that number belongs to a
  /// stranger by now, PostgreSQL would refuse to start: the file goes, but not before the last
  /// process that still has these files open is gone.
  private void endLeftover() throws IOException {
    close();
    Path pidFile = files.resolve("postmaster.pid");
    if (Files.exists(pidFile)) {
      long deadline = System.nanoTime() + LEFTOVERS.toNanos();
      while (workersLeft()) {
        if (System.nanoTime() > deadline) {
          throw new IOException("Processes of an earlier PostgreSQL still use " + files);
        }
        Thread.onSpinWait();
      }
      Files.deleteIfExists(pidFile);
    }
  }

  private void launch(Map<String, String> settings) throws IOException {
    Path log = files.resolveSibling("postgresql.log");
    Programs.freshLog(log);
    List<String> options = new ArrayList<>();
    options.add("-p " + port);
    options.add("-c listen_addresses=127.0.0.1");
    options.add("-c unix_socket_directories=");
    settings.forEach((name, value) -> options.add("-c " + name + "=" + value));
    try {
      Programs.run(
          binaries.command(
              "pg_ctl",
              "start",
              "-D",
              files.toString(),
              "-w",
              "-l",
              log.toString(),
              "-o",
              String.join(" ", options)),
          Map.of());
    } catch (IOException e) {
      throw new IOException(
          "PostgreSQL did not start:\n%s\n%s".formatted(e.getMessage(), Programs.lastLines(log)));
    }
  }

  private boolean servesTheseFiles(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(files.toString()))
        .orElse(false);
  }

  /// Whether some process works in these files (each of PostgreSQL's does). Only Linux tells;
  /// elsewhere PostgreSQL's own check of its shared memory must do.
  private boolean workersLeft() throws IOException {
    Path processes = Path.of("/proc");
    if (!Files.isDirectory(processes)) {
      return false;
    }
    try (Stream<Path> candidates = Files.list(processes)) {
      return candidates.anyMatch(candidate -> {
        try {
          return Files.readSymbolicLink(candidate.resolve("cwd")).equals(files);
        } catch (IOException e) {
          return false; // not a process, gone already, or another user's
        }
      });
    }
  }
}
