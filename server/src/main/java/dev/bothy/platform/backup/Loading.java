package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.Manifest.Part;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Loads the parts of a backup into a schema that was just migrated to the backup's own versions.
/// Triggers rest and foreign keys are made anew afterwards; so are the indexes of large tables,
/// which is faster than keeping them up to date row by row.
final class Loading {
  private final ConnectionSource database;
  private final int parallel;
  private final BackupProgress progress;
  private final long largeBytes;

  Loading(ConnectionSource database, int parallel, BackupProgress progress, long largeBytes) {
    this.database = database;
    this.parallel = parallel;
    this.progress = progress;
    this.largeBytes = largeBytes;
  }

  /// @param connection of the schema's owner
  void load(Connection connection, BackupReader backup) throws SQLException {
    Manifest manifest = backup.manifest();
    Tables.fixText(connection);
    Map<String, Tables.Table> there = new HashMap<>();
    Resting resting = Resting.begin(connection);
    Tables.all(connection).forEach(table -> there.put(table.name(), table));
    refuseUnless(there, manifest);
    // What migrations put in themselves is in the backup as well.
    execute(
        connection,
        "truncate "
            + there.values().stream()
                .map(Tables.Table::qualified)
                .collect(Collectors.joining(", ")));
    Set<String> large =
        manifest.tables().stream()
            .filter(table -> table.bytes() >= largeBytes)
            .map(Manifest.Table::name)
            .collect(Collectors.toSet());
    Definitions definitions = Definitions.take(connection, large);
    copy(backup);
    progress.at("Indexing", 0, "Indexes and foreign keys are made");
    definitions.make(database, parallel, progress);
    Sequences.follow(connection);
    resting.end(connection);
    execute(connection, "analyze");
  }

  private static void refuseUnless(Map<String, Tables.Table> there, Manifest manifest) {
    for (Manifest.Table table : manifest.tables()) {
      Tables.Table own = there.get(table.name());
      if (own == null || !own.columns().equals(table.columns())) {
        throw new BackupFailure(
            Reason.VerificationFailed,
            "The table %s of the backup %s is not what its migrations make: %s"
                .formatted(
                    table.name(),
                    manifest.id(),
                    own == null ? "it is not there" : own.columns() + ", not " + table.columns()));
      }
    }
  }

  private void copy(BackupReader backup) {
    Manifest manifest = backup.manifest();
    Map<String, Manifest.Table> tables = new HashMap<>();
    manifest.tables().forEach(table -> tables.put(table.name(), table));
    List<Part> parts = new ArrayList<>(backup.parts());
    // The largest table first, so that no single one is left for the end.
    parts.sort(
        Comparator.comparing(
                (Part part) -> -Objects.requireNonNull(tables.get(part.table())).bytes())
            .thenComparing(part -> part.stored().key()));
    long all = Math.max(1, parts.stream().mapToLong(Part::rawBytes).sum());
    AtomicLong done = new AtomicLong();
    TableSums sums = new TableSums();
    progress.at("Loading", 0, Words.bytes(0) + " of " + Words.bytes(all));
    Together.run(
        database,
        parallel,
        Loading::setUp,
        parts,
        (connection, part) -> {
          Manifest.Table table = Objects.requireNonNull(tables.get(part.table()));
          sums.add(part.table(), copy(connection, backup, part, table));
          long now = done.addAndGet(part.rawBytes());
          progress.at(
              "Loading",
              (int) (now * 100 / all),
              Words.bytes(now) + " of " + Words.bytes(all) + ", " + part.table());
        });
    sums.compare(manifest, Reason.DamagedObject, "has");
  }

  private static TableSum copy(
      Connection connection, BackupReader backup, Part part, Manifest.Table table)
      throws SQLException, IOException {
    String columns = table.columns().stream().map(Tables::quoted).collect(Collectors.joining(", "));
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy bothy." + Tables.quoted(table.name()) + " (" + columns + ") from stdin");
    try {
      TableSum sum =
          TableSums.read(backup.rows(part), (text, length) -> copy.writeToCopy(text, 0, length));
      long loaded = copy.endCopy();
      if (loaded != part.rows() || sum.rows() != part.rows()) {
        throw Verification.wrongRows(backup.manifest(), part, loaded);
      }
      return sum;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void setUp(Connection connection) throws SQLException {
    Tables.fixText(connection);
    // The rename that ends a restore waits for the disk, and with it for all before.
    execute(connection, "set synchronous_commit = off");
  }

  /// Row-level security and triggers, which rest while rows are loaded: they are those of the app,
  /// not of the owner who loads.
  private record Resting(Set<String> forced, Map<String, List<Trigger>> triggers) {
    private record Trigger(String name, String enabled) {}

    static Resting begin(Connection connection) throws SQLException {
      Set<String> forced = new HashSet<>();
      Map<String, List<Trigger>> triggers = new HashMap<>();
      try (Statement statement = connection.createStatement()) {
        try (ResultSet rows =
            statement.executeQuery(
                "select relname from pg_class where relnamespace = 'bothy'::regnamespace"
                    + " and relkind = 'r' and relforcerowsecurity")) {
          while (rows.next()) {
            forced.add(rows.getString(1));
          }
        }
        try (ResultSet rows =
            statement.executeQuery(
                "select c.relname, t.tgname, t.tgenabled from pg_trigger t join pg_class c"
                    + " on c.oid = t.tgrelid where c.relnamespace = 'bothy'::regnamespace"
                    + " and not t.tgisinternal")) {
          while (rows.next()) {
            triggers
                .computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                .add(new Trigger(rows.getString(2), rows.getString(3)));
          }
        }
      }
      for (String table : forced) {
        execute(
            connection,
            "alter table bothy." + Tables.quoted(table) + " no force row level security");
      }
      for (String table : triggers.keySet()) {
        execute(connection, "alter table bothy." + Tables.quoted(table) + " disable trigger user");
      }
      return new Resting(forced, triggers);
    }

    void end(Connection connection) throws SQLException {
      for (String table : forced) {
        execute(
            connection, "alter table bothy." + Tables.quoted(table) + " force row level security");
      }
      for (Map.Entry<String, List<Trigger>> table : triggers.entrySet()) {
        for (Trigger trigger : table.getValue()) {
          execute(
              connection,
              "alter table bothy.%s %s trigger %s"
                  .formatted(
                      Tables.quoted(table.getKey()),
                      switch (trigger.enabled()) {
                        case "A" -> "enable always";
                        case "R" -> "enable replica";
                        case "D" -> "disable";
                        default -> "enable";
                      },
                      Tables.quoted(trigger.name())));
        }
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
