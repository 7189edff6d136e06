package dev.bothy.drill;

import dev.bothy.backuptool.ProgressLines;
import dev.bothy.backuptool.ToolReport;
import dev.bothy.backuptool.Toolbox;
import dev.bothy.command.BackupCommand;
import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.BackupId;
import dev.bothy.platform.backup.BackupReader;
import dev.bothy.platform.backup.Evidence;
import dev.bothy.platform.backup.Manifest;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.keys.Canaries;
import dev.bothy.platform.people.BreakGlass;
import dev.bothy.platform.people.BreakGlassCodes;
import dev.bothy.platform.people.DrillPerson;
import dev.bothy.platform.recovery.RecoveryMark;
import dev.bothy.platform.recovery.Release;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Restores a backup into a throw-away database, boots this server on it, uses it as people do, and
/// keeps what was found as evidence beside the backups. Each step is a check; the first that does
/// not pass ends the drill, which then takes down what it made.
///
/// The server that it boots calls nobody but the key provider and the store
/// (`bothy.egress.only-owners`), whatever the restored database asks of it.
public final class Drill {
  private static final Duration BOOT = Duration.ofMinutes(10);
  private static final String COMMAND = "/rotation list";

  /// What an empty PostgreSQL of the drill's own refuses is in the backup, and what nobody thought
  /// of may be.
  private static final Set<Reason> TELLING = Set.of(Reason.DatabaseRefused, Reason.Unexpected);

  private final Toolbox tools;
  private final BackupCommand.Drill command;
  private final Class<?> server;
  private final Clock clock;
  private final ProgressLines progress;
  private final PrintStream out;
  private final List<Evidence.Check> checks = new ArrayList<>();
  private @Nullable Manifest about;

  private Drill(
      Toolbox tools, BackupCommand.Drill command, Class<?> server, Clock clock, PrintStream out) {
    this.tools = tools;
    this.command = command;
    this.server = server;
    this.clock = clock;
    this.out = out;
    this.progress = new ProgressLines(out);
  }

  /// @param server what is booted: the server's entry point
  /// @return what the program ends with: 0 when every check passed
  public static int run(
      BackupCommand.Drill command, Class<?> server, Clock clock, PrintStream out) {
    ToolReport ended;
    try (Toolbox tools = Toolbox.open(command.settings(), clock)) {
      Drill drill = new Drill(tools, command, server, clock, out);
      try {
        ended = drill.drill();
      } catch (RuntimeException e) {
        ended = ToolReport.failed(BackupFailure.of(e), drill.about);
      }
    } catch (RuntimeException e) {
      ended = ToolReport.failed(BackupFailure.of(e), null);
    }
    return ended.leave(command.report(), out);
  }

  /// A check, which says what it found.
  @FunctionalInterface
  private interface Step {
    String take() throws Exception;
  }

  private ToolReport drill() {
    BackupId id = tools.backups().pick(command.backup());
    Instant startedAt = clock.instant();
    BackupReader reader = null;
    try {
      reader = BackupReader.open(tools.store(), tools.keys(), id);
      about = reader.manifest();
    } catch (BackupFailure e) {
      if (e.reason().mayPass()) {
        throw e;
      }
      // Its manifest cannot be believed, but that it cannot be restored is what a drill is to find.
      checks.add(
          new Evidence.Check(
              "Backup", Evidence.Check.FAIL, String.valueOf(e.getMessage()), millis(startedAt)));
      keep(id, startedAt, new UUID(0, 0));
      throw new BackupFailure(Reason.DrillFailed, String.valueOf(e.getMessage()), e);
    }
    checks.add(
        new Evidence.Check(
            "Backup",
            Evidence.Check.PASS,
            "Its key unwraps, and its manifest and list of parts are proven",
            millis(startedAt)));
    DrillDatabase database = database();
    try {
      inside(reader, database);
    } catch (DrillStopped e) {
      // Said by its check.
    } finally {
      drop(database);
    }
    Evidence evidence = keep(id, startedAt, reader.manifest().installation());
    return ToolReport.drill(evidence, reader.manifest());
  }

  /// What was found stands, whether or not it can be dropped; the next drill drops it.
  private void drop(DrillDatabase database) {
    try {
      database.close();
    } catch (SQLException e) {
      out.println("The throw-away database is still there: " + e.getMessage());
    }
  }

  private DrillDatabase database() {
    try {
      return DrillDatabase.make(
          tools.needed("bothy.drill.database-url"),
          Objects.requireNonNullElse(tools.given("bothy.drill.database-user"), "postgres"),
          tools.needed("bothy.drill.database-password"));
    } catch (IllegalArgumentException e) {
      throw new BackupFailure(Reason.NotConfigured, String.valueOf(e.getMessage()), e);
    } catch (SQLException | IOException e) {
      throw new BackupFailure(
          Reason.DatabaseAway, "The throw-away PostgreSQL: " + e.getMessage(), e);
    }
  }

  private Evidence keep(BackupId id, Instant startedAt, UUID installation) {
    Instant endedAt = clock.instant();
    Evidence evidence =
        new Evidence(
            BackupId.at(endedAt).value(),
            Evidence.DRILL,
            id.value(),
            installation,
            startedAt,
            endedAt,
            checks.stream().allMatch(Evidence.Check::passed),
            checks);
    tools.backups().keep(evidence);
    return evidence;
  }

  private void inside(BackupReader reader, DrillDatabase database) {
    Manifest manifest = reader.manifest();
    check(
        "Restore",
        () -> {
          tools
              .restoration(
                  database.as("bothy_migrate"),
                  database.url(),
                  "bothy_migrate",
                  database.rolePassword(),
                  progress)
              .restore(
                  reader,
                  connection ->
                      RecoveryMark.insert(
                          connection, manifest.id(), manifest.takenAt(), clock.instant()));
          return "%d rows of %d tables, counted and summed up again in PostgreSQL, are as the manifest"
                  .formatted(manifest.rows(), manifest.tables().size())
              + " says";
        });
    check(
        "Keys",
        () -> {
          try (Connection connection = database.as("bothy_backup").open()) {
            BackupKeys.Unwrapped unwrapped = tools.keys().unwrapAll(connection);
            if (!unwrapped.failed().isEmpty()) {
              throw new DrillStopped(
                  "%d of %d data keys do not unwrap: %s"
                      .formatted(
                          unwrapped.failed().size(),
                          unwrapped.keys(),
                          unwrapped.failed().getFirst()));
            }
            return "All %d data keys unwrap".formatted(unwrapped.keys());
          }
        });
    List<ConfigurableApplicationContext> booted = new ArrayList<>();
    try {
      check(
          "Server",
          () -> {
            booted.add(boot(database));
            return "It boots on the restored database";
          });
      use(booted.getFirst(), database);
    } finally {
      booted.forEach(ConfigurableApplicationContext::close);
    }
  }

  private void use(ConfigurableApplicationContext server, DrillDatabase database) {
    URI address =
        URI.create(
            "http://127.0.0.1:"
                + Objects.requireNonNull(((WebServerApplicationContext) server).getWebServer())
                    .getPort());
    Workspaces workspaces = server.getBean(Workspaces.class);
    List<Workspace> all = workspaces.byIds(workspaces.ids());
    try (Visitor visitor = new Visitor(address)) {
      check(
          "Prepared",
          () -> {
            visitor.awaitReady(BOOT);
            return "The erasure ledger is replayed, everything is swept, and it is ready";
          });
      check(
          "Canaries",
          () -> {
            Canaries.Found found = server.getBean(Canaries.class).look();
            if (!found.failed().isEmpty()) {
              throw new DrillStopped(
                  "%d do not open: %s".formatted(found.failed().size(), found.failed().getFirst()));
            }
            return "%d values of %d workspaces open".formatted(found.opened(), found.workspaces());
          });
      check(
          "Sign-in",
          () -> {
            if (all.isEmpty()) {
              throw new DrillStopped("There is no workspace that anybody could sign in to");
            }
            visitor.signIn(BreakGlass.PATH, code(database, all.getFirst()));
            return "A one-time login of the drill's own signs in";
          });
      check(
          "Answer",
          () -> {
            release(database);
            String slug = all.getFirst().slug();
            visitor.converse(slug, COMMAND);
            return "A message in the sandbox of %s is answered".formatted(slug);
          });
    }
  }

  private String code(DrillDatabase database, Workspace workspace) throws SQLException {
    try (Connection owner = database.as("bothy_migrate").open()) {
      DrillPerson.add(owner, workspace.id().value(), clock);
    }
    JdbcClient jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(database.url(), "bothy_app", database.rolePassword()));
    return switch (new BreakGlassCodes(jdbc, clock).issue(DrillPerson.USERNAME)) {
      case BreakGlassCodes.Issued.Code code -> code.code();
      case BreakGlassCodes.Issued.Nobody _ ->
          throw new DrillStopped("The drill's own person is not there");
    };
  }

  private void release(DrillDatabase database) throws SQLException {
    try (Connection connection = database.as("bothy_app").open()) {
      Release.run(connection, "drill", clock);
    }
  }

  private ConfigurableApplicationContext boot(DrillDatabase database) {
    List<String> settings = new ArrayList<>(command.settings());
    settings.add("--spring.datasource.url=" + database.url());
    settings.add("--spring.datasource.username=bothy_app");
    settings.add("--spring.datasource.password=" + database.rolePassword());
    settings.add("--spring.datasource.hikari.maximum-pool-size=8");
    settings.add("--spring.flyway.enabled=false");
    settings.add("--bothy.database.vault-path=false");
    // The link to the throw-away database does not leave the pod.
    settings.add("--bothy.installation.mode=trial");
    // What the copy erases, ends or writes is the copy's alone.
    settings.add("--bothy.installation.rehearsal=true");
    // Cookies of an https address would not come back by this one.
    settings.add("--bothy.installation.public-address=http://127.0.0.1");
    settings.add("--bothy.egress.only-owners=Vault,Object storage");
    settings.add("--bothy.keycloak.provisioning=false");
    settings.add("--server.address=127.0.0.1");
    settings.add("--server.port=0");
    settings.add("--management.server.port=-1");
    SpringApplication application = new SpringApplication(server);
    application.setRegisterShutdownHook(false);
    return application.run(lastOfEach(settings).toArray(String[]::new));
  }

  /// Given twice, a setting would be a list.
  private static List<String> lastOfEach(List<String> settings) {
    Map<String, String> last = new LinkedHashMap<>();
    settings.forEach(setting -> last.put(setting.substring(0, setting.indexOf('=')), setting));
    return List.copyOf(last.values());
  }

  private void check(String name, Step step) {
    Instant startedAt = clock.instant();
    progress.at(name, 0, "");
    try {
      String found = step.take();
      checks.add(new Evidence.Check(name, Evidence.Check.PASS, found, millis(startedAt)));
      out.printf("PASS  %s: %s%n", name, found);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFailure(Reason.DrillFailed, "Told to stop", e);
    } catch (Exception e) {
      if (e instanceof BackupFailure failure
          && failure.reason().mayPass()
          && !TELLING.contains(failure.reason())) {
        // The store or the key provider is away: that says nothing of the backup.
        throw failure;
      }
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      checks.add(new Evidence.Check(name, Evidence.Check.FAIL, why, millis(startedAt)));
      out.printf("FAIL  %s: %s%n", name, why);
      throw new DrillStopped(why);
    }
  }

  private long millis(Instant since) {
    return Duration.between(since, clock.instant()).toMillis();
  }
}
