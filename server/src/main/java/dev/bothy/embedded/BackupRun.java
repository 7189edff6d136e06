package dev.bothy.embedded;

import dev.bothy.BothyServer;
import dev.bothy.backuptool.BackupTool;
import dev.bothy.backuptool.ReleaseTool;
import dev.bothy.backuptool.ToolReport;
import dev.bothy.command.BackupCommand;
import dev.bothy.command.Command;
import dev.bothy.drill.Drill;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Runs the commands on backups for a data folder, with the settings that its server has.
///
/// What needs the database takes the one of the running Bothy; if none runs, it starts PostgreSQL
/// for its length. A restore needs the folder for itself. What needs the store alone just reads it.
final class BackupRun {
  private static final double MILLIS = 1000.0;
  private static final int DRILL_PORT = 25_432;

  /// Nobody misses it after a power cut.
  private static final Map<String, String> THROW_AWAY =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  private final Options.Backups command;
  private final Progress progress;
  private final PrintStream out;

  private BackupRun(Options.Backups command, Progress progress) {
    this.command = command;
    this.progress = progress;
    this.out =
        new BackupLines(System.out, System.console() != null && System.console().isTerminal())
            .stream();
  }

  /// @return what the program ends with, as the server's own command does
  static int run(Options.Backups command, Progress progress) {
    // What is so is said in lines; the logs would stand between them.
    System.setProperty("logging.threshold.console", "off");
    BackupRun run = new BackupRun(command, progress);
    long begin = System.nanoTime();
    try {
      int ended = run.run();
      if (ended == ToolReport.DONE) {
        progress.say(
            String.format(
                Locale.ROOT,
                "Done in %.1f s.",
                Duration.ofNanos(System.nanoTime() - begin).toMillis() / MILLIS));
      }
      return ended;
    } catch (IOException | SQLException e) {
      progress.say("It could not be done: " + e.getMessage());
      return ToolReport.FAILED;
    }
  }

  private int run() throws IOException, SQLException {
    Optional<DataFolder> known = DataFolder.known(command.data());
    if (known.isEmpty()) {
      return refuse(
          "%s has no keys, so no Bothy was ever started there. Start one with scripts/run, or copy"
                  .formatted(command.data())
              + " keys/ and backups/ of another data folder there",
          ToolReport.REFUSED);
    }
    DataFolder data = known.get();
    Map<String, String> settings = ServerSettings.beside(data, "commands");
    return switch (what(settings)) {
      case BackupCommand.ListAll list -> BackupTool.run(list, Clock.systemUTC(), out);
      case BackupCommand.Verify verify -> BackupTool.run(verify, Clock.systemUTC(), out);
      case BackupCommand.Drill _ -> drill(data);
      case BackupCommand.Backup _ -> onDatabase(false);
      case BackupCommand.Release _ -> onDatabase(false);
      case BackupCommand.Undo _ -> onDatabase(true);
      case BackupCommand.Restore restore -> onDatabase(!restore.check());
    };
  }

  /// @param alone whether no server may work on the database
  private int onDatabase(boolean alone) throws IOException, SQLException {
    return switch (DataFolder.open(command.data())) {
      case DataFolder.Opened.Ours(DataFolder folder) -> onStopped(folder);
      case DataFolder.Opened.InUse(Optional<String> greeting, DataFolder folder) -> {
        if (greeting.isEmpty()) {
          yield refuse(
              "Bothy is starting in %s, or another command works there. Try again when it is ready"
                  .formatted(folder),
              ToolReport.FAILED);
        }
        if (alone) {
          yield refuse(
              "Bothy runs on the database that is to be replaced. Stop it (Ctrl-C where scripts/run"
                  + " runs), then give this command again",
              ToolReport.FAILED);
        }
        yield onPort(folder, folder.ports().last("PostgreSQL", EmbeddedRun.POSTGRES_PORT));
      }
    };
  }

  private int onStopped(DataFolder folder) throws IOException, SQLException {
    // One that a killed run left, which has the port.
    PostgresServer.endLeftover(folder.postgres());
    int port = folder.ports().take("PostgreSQL", EmbeddedRun.POSTGRES_PORT, progress::say);
    progress.say("Bothy does not run here, so its PostgreSQL is started for this command");
    endOnExit(folder.postgres());
    try (PostgresServer postgres = PostgresServer.start(folder.postgres(), port, Map.of())) {
      new BothyDatabase(postgres, folder.secrets()).prepare();
      return onPort(folder, port);
    } finally {
      folder.release();
    }
  }

  private int onPort(DataFolder folder, int port) throws IOException {
    Map<String, String> settings = ServerSettings.beside(folder, "commands");
    settings.putAll(BothyDatabase.properties(port, folder.secrets()));
    return switch (what(settings)) {
      case BackupCommand.Release release -> ReleaseTool.run(release, Clock.systemUTC(), out);
      case BackupCommand.Restore restore -> {
        int ended = BackupTool.run(restore, Clock.systemUTC(), out);
        if (!restore.check()) {
          progress.say(
              ended == ToolReport.DONE
                  ? "Next: scripts/run starts it, and scripts/run release lets it work again"
                  : "What was there is kept; if it was put aside already, scripts/run restore --undo"
                      + " puts it back");
        }
        yield ended;
      }
      case BackupCommand.OfStore other -> BackupTool.run(other, Clock.systemUTC(), out);
      case BackupCommand.Drill drill -> throw new IllegalArgumentException(drill.backup());
    };
  }

  /// Beside the running Bothy as well: a drill touches neither its database nor its address.
  private int drill(DataFolder data) throws IOException {
    Path folder = data.drill();
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling("drill.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return refuse(
            "Another drill runs in %s. Wait for its end".formatted(data), ToolReport.FAILED);
      }
      // One that was killed left its PostgreSQL.
      PostgresServer.endLeftover(folder);
      Cache.delete(folder);
      endOnExit(folder);
      try (PostgresServer throwAway =
          PostgresServer.start(folder, Ports.nextFree(DRILL_PORT), THROW_AWAY)) {
        Map<String, String> settings = ServerSettings.beside(data, "drill");
        settings.put("bothy.drill.database-url", throwAway.url("postgres"));
        settings.put("bothy.drill.database-password", throwAway.password());
        return what(settings) instanceof BackupCommand.Drill drill
            ? Drill.run(drill, BothyServer.class, Clock.systemUTC(), out)
            : ToolReport.REFUSED;
      } finally {
        Cache.delete(folder);
      }
    }
  }

  private BackupCommand what(Map<String, String> settings) {
    List<String> given = new ArrayList<>();
    settings.forEach((name, value) -> given.add("--" + name + "=" + value));
    return switch (command.with(given)) {
      case Command.OfBackup(BackupCommand what) -> what;
      case Command other -> throw new IllegalArgumentException(other.toString());
    };
  }

  private int refuse(String why, int ended) {
    progress.say(why);
    return ended;
  }

  private static void endOnExit(Path postgres) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    PostgresServer.endLeftover(postgres);
                  } catch (IOException e) {
                    System.err.println(e.getMessage());
                  }
                },
                "stop"));
  }
}
