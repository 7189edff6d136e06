package dev.bothy.platform.recovery;

import static org.awaitility.Awaitility.await;

import dev.bothy.BothyServer;
import dev.bothy.backuptool.BackupTool;
import dev.bothy.command.BackupCommand;
import dev.bothy.platform.erasure.Erasures;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keymanagement.ReceiptSigner;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.work.Outbox;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// An installation with a backup from before somebody was erased: work of each queue waits in it,
/// and rows whose time is over lie there. A copy of the database is the backup.
final class RestoredWorld {
  static final String BACKUP = "20261127t021500z-3f9a1c";
  static final String NAME = "Pia Planted";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final Workspace workspace;
  private final TestPeople.Someone owner;
  private final PersonId pia;
  private final Instant takenAt;
  private final TestDatabase backup;

  RestoredWorld() throws Exception {
    folder = Files.createTempDirectory("bothy-recovery");
    HoldProbe.close(true);
    try (ConfigurableApplicationContext before = server(database)) {
      Workspaces workspaces = before.getBean(Workspaces.class);
      workspace = workspaces.create("restored", "Restored");
      try (Connection superuser = database.connect("postgres")) {
        owner = TestPeople.signedIn(superuser, workspace.id(), "Olga Owner", Role.OWNER);
        pia = TestPeople.signedIn(superuser, workspace.id(), NAME, Role.MEMBER).id();
      }
      // What every installation does at its first start, when nothing is held.
      ReceiptSigner signer = before.getBean(ReceiptSigner.class);
      workspaces.forInstallation(() -> signer.sign(new byte[1]));
      add(before, "old");
      overdue();
    }
    takenAt = Instant.now();
    backup = copy();
    command(new BackupCommand.Backup(null, null, commandSettings(database)));
    try (ConfigurableApplicationContext after = server(database)) {
      erase(after);
    }
    HoldProbe.close(false);
    HoldProbe.DONE.clear();
  }

  Workspace workspace() {
    return workspace;
  }

  TestPeople.Someone owner() {
    return owner;
  }

  Path ledger() {
    return folder.resolve("ledger");
  }

  /// The one entry of the ledger.
  Path entry() throws IOException {
    try (Stream<Path> files = Files.walk(ledger().resolve("erasures"))) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  /// A database as a restore leaves it: the backup, marked.
  TestDatabase restore() throws SQLException {
    TestDatabase restored = copyOf(backup);
    try (Connection connection = restored.connect("bothy_migrate")) {
      RecoveryMark.insert(connection, BACKUP, takenAt, Instant.now());
    }
    return restored;
  }

  /// The same by the commands: from the backup that was made then, into a new database.
  TestDatabase restoreByCommand() {
    TestDatabase restored = TestDatabase.create();
    command(
        new BackupCommand.Restore(
            "newest", null, false, true, null, false, null, commandSettings(restored)));
    return restored;
  }

  private List<String> commandSettings(TestDatabase of) {
    return Stream.concat(
            settings(of).stream(),
            Stream.of(
                "bothy.storage.kind=folder",
                "bothy.storage.folder=" + folder.resolve("store"),
                "bothy.backup.password=" + TestDatabase.PASSWORD))
        .map("--"::concat)
        .toList();
  }

  private static void command(BackupCommand.OfStore command) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int ended =
        BackupTool.run(
            command, Clock.systemUTC(), new PrintStream(said, true, StandardCharsets.UTF_8));
    if (ended != 0) {
      throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
    }
  }

  /// Makes something due that takes overdue things away, as what should have gone from the bin.
  void dueFirst(TestDatabase restored) throws SQLException {
    UUID subject = UUID.randomUUID();
    try (Connection superuser = restored.connect("postgres")) {
      for (String statement :
          List.of(
              "insert into bothy.scheduled_item (workspace_id, kind, subject, due_at)"
                  + " values ('%s', '%s', '%s', now() - interval '1 day')",
              "insert into bothy.lane (workspace_id, queue, kind, name, ready_at)"
                  + " values ('%s', 'schedule', '%s', '%s', now() - interval '1 day')")) {
        try (Statement insert = superuser.createStatement()) {
          insert.execute(statement.formatted(workspace.id(), HoldProbe.First.KIND, subject));
        }
      }
    }
  }

  /// Settings of a server on this database, as `name=value`.
  List<String> settings(TestDatabase of) {
    List<String> settings = new ArrayList<>(Arrays.asList(of.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=trial",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "bothy.privacy.ledger=" + ledger(),
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://localhost:*",
            "bothy.sign-on.issuer=http://localhost:1/realms/none",
            "bothy.work.poll=50ms"));
    return settings;
  }

  /// A server in this process.
  ///
  /// @param more settings, each `name=value`
  ConfigurableApplicationContext server(TestDatabase of, String... more) {
    return new SpringApplicationBuilder(BothyServer.class)
        .properties("server.port=0")
        .run(
            Stream.concat(settings(of).stream(), Stream.of(more))
                .map("--"::concat)
                .toArray(String[]::new));
  }

  /// One of each queue.
  void add(ConfigurableApplicationContext server, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    server
        .getBean(Inbox.class)
        .accept(
            new Inbox.Delivery(
                workspace.id(),
                UUID.randomUUID(),
                UUID.randomUUID().toString(),
                "lane",
                HoldProbe.KIND,
                payload));
    server
        .getBean(Workspaces.class)
        .inWorkspace(
            workspace.id(),
            () -> {
              server
                  .getBean(Outbox.class)
                  .add(new Outbox.Message(UUID.randomUUID(), "lane", HoldProbe.KIND, payload));
              server.getBean(Schedule.class).set(HoldProbe.KIND, UUID.randomUUID(), Instant.now());
            });
  }

  private void overdue() throws SQLException {
    try (Connection superuser = database.connect("postgres");
        PreparedStatement insert =
            superuser.prepareStatement(
                "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane,"
                    + " state, settled_at) select ?, gen_random_uuid(), gen_random_uuid(), n::text,"
                    + " 'nobodys', 'l', 'done', now() - interval '100 days'"
                    + " from generate_series(1, 2500) n")) {
      insert.setObject(1, workspace.id().value());
      insert.execute();
    }
  }

  private void erase(ConfigurableApplicationContext server) {
    Workspaces workspaces = server.getBean(Workspaces.class);
    Erasures erasures = server.getBean(Erasures.class);
    Erasures.Outcome outcome =
        workspaces.inWorkspace(workspace.id(), () -> erasures.ofPerson(pia, owner.id()));
    UUID id = ((Erasures.Outcome.Begun) outcome).erasure().id();
    await()
        .atMost(PATIENCE)
        .until(() ->
            workspaces.inWorkspace(workspace.id(), () -> erasures.find(id)).orElseThrow().isDone());
  }

  private TestDatabase copy() throws SQLException {
    return copyOf(database);
  }

  private static TestDatabase copyOf(TestDatabase of) throws SQLException {
    String name = of.url().substring(of.url().lastIndexOf('/') + 1);
    String copy = "bothy_" + UUID.randomUUID().toString().replace("-", "");
    TestDatabase maintenance = new TestDatabase(of.url().replace(name, "postgres"));
    try (Connection connection = maintenance.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + copy + " template " + name);
      statement.execute(
          "grant connect on database " + copy + " to bothy_migrate, bothy_app, bothy_backup");
    }
    return new TestDatabase(of.url().replace(name, copy));
  }

  /// One value of a query as the superuser.
  static String value(TestDatabase of, String query) throws SQLException {
    try (Connection superuser = of.connect("postgres");
        Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /// How the newest restore is doing.
  static String state(TestDatabase of) throws SQLException {
    return value(of, "select state from bothy.recovery order by restored_at desc, id desc limit 1");
  }

  /// How many rows say something of who was erased.
  static String traces(TestDatabase of) throws SQLException {
    return value(of, "select count(*) from bothy.person where name = '" + NAME + "'");
  }

  /// Rows whose time is over.
  static String overdue(TestDatabase of) throws SQLException {
    return value(of, "select count(*) from bothy.inbox_item where kind = 'nobodys'");
  }
}
