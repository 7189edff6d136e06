package dev.bothy.platform.backup;

import dev.bothy.migrate.Migration;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.ModuleMigrations;
import dev.bothy.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// Databases with rows of every awkward kind, and what backups and restores need around them.
final class BackupWorld implements AutoCloseable {
  static final int ENTRIES = 3000;

  private final ConfigurableApplicationContext context;

  @Import(BackupKeys.class)
  @ConfigurationPropertiesScan(basePackageClasses = BackupKeys.class)
  @EnableConfigurationProperties(Installation.class)
  private static final class Beans {}

  /// @param keyFile is made if it is not there
  BackupWorld(Path keyFile) {
    context =
        ToolContext.start(
            Beans.class,
            Map.of(),
            List.of("--bothy.keys.local-file=" + keyFile, "--bothy.installation.mode=embedded"));
  }

  BackupKeys keys() {
    return context.getBean(BackupKeys.class);
  }

  /// One with the schema of this version and nothing in it.
  static TestDatabase migrated() {
    TestDatabase database = TestDatabase.create();
    int ended =
        Migration.run(
            Stream.concat(
                    Arrays.stream(database.properties()).map(setting -> "--" + setting),
                    Stream.of("--bothy.installation.mode=embedded"))
                .toList());
    if (ended != 0) {
      throw new IllegalStateException("Not migrated");
    }
    return database;
  }

  static TestDatabase filled() {
    TestDatabase database = migrated();
    run(
        database,
        """
        set session_replication_role = replica; set search_path = bothy;
        insert into workspace (id, slug, name, created_at) values
          ('00000000-0000-7000-8000-000000000001', 'one', E'Tab\\tline\\nback\\\\slash \\\\N ✓ ''q''', now()),
          ('00000000-0000-7000-8000-000000000002', 'two', '\\N', '-infinity');
        insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, action,
            subject_kind, subject_id, details)
          select ('00000000-0000-7000-8000-00000000000' || (mod(n, 2) + 1))::uuid, gen_random_uuid(),
            timestamptz '2026-01-01 00:00:00.123456+00' + n * interval '1 second', 'system', 'x',
            'test.row', 'row', n::text, jsonb_build_object('n', n, 'text', E'a\\tb\\n' || n)
          from generate_series(1, %d) n;
        insert into audit_unlinked (workspace_id, entry_id)
          select workspace_id, id from audit_entry limit 500;
        insert into installation_key values (1, 'local-file', '\\x00ff0a5c', now(), 3, now());
        """
            .formatted(ENTRIES));
    return database;
  }

  static void run(TestDatabase database, String sql) {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static String one(TestDatabase database, String query) {
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Each table's rows as PostgreSQL itself sums them up: nothing of the code under test.
  static SortedMap<String, String> contents(TestDatabase database) {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Connection connection = database.connect("postgres");
        Statement statement = connection.createStatement()) {
      List<String> tables = new java.util.ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select tablename from pg_tables where schemaname = 'bothy'"
                  + " and not starts_with(tablename, 'flyway_')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery(
                "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)"
                    + " from bothy.\""
                    + table
                    + "\" t")) {
          row.next();
          contents.put(table, row.getString(1));
        }
      }
      return contents;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Flyway flyway(TestDatabase database) {
    return Flyway.configure()
        .dataSource(database.url(), "bothy_migrate", TestDatabase.PASSWORD)
        .defaultSchema("bothy")
        .createSchemas(false)
        .load();
  }

  Restoration restoration(TestDatabase database) {
    return restoration(database, BackupProgress.silent(), Definitions.LARGE_BYTES);
  }

  Restoration restoration(TestDatabase database, BackupProgress progress, long largeBytes) {
    return new Restoration(
        () -> database.connect("bothy_migrate"),
        flyway(database),
        new ModuleMigrations(context.getBean(Installation.class)),
        2,
        progress,
        largeBytes);
  }

  BackupWriter writer(ObjectStore store, TestDatabase database) {
    return new BackupWriter(store, keys(), () -> database.connect("bothy_backup"), 2, 100_000);
  }

  /// One of this database.
  Manifest backup(ObjectStore store, TestDatabase database) {
    return writer(store, database).write(null, Map.of(), BackupProgress.silent());
  }

  @Override
  public void close() {
    context.close();
  }
}
