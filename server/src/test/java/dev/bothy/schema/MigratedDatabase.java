package dev.bothy.schema;

import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.ModuleMigrations;
import dev.bothy.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/// A database of a test class's own with every migration run, so that it may be broken on purpose.
final class MigratedDatabase {
  private static final Pattern CREATE_TABLE =
      Pattern.compile("create table (?:if not exists )?(\\w+)", Pattern.CASE_INSENSITIVE);

  private final TestDatabase database = TestDatabase.create();

  MigratedDatabase() {
    Flyway configured =
        Flyway.configure()
            .dataSource(database.url(), "bothy_migrate", TestDatabase.PASSWORD)
            .defaultSchema("bothy")
            .createSchemas(false)
            .load();
    new ModuleMigrations(new Installation(Installation.Mode.EMBEDDED)).migrate(configured);
  }

  TestDatabase database() {
    return database;
  }

  /// Statements as this role, each in a transaction of its own.
  JdbcClient as(String role) {
    SimpleDriverDataSource source =
        new SimpleDriverDataSource(
            new org.postgresql.Driver(), database.url(), role, TestDatabase.PASSWORD);
    source.setConnectionProperties(properties());
    return JdbcClient.create(source);
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("currentSchema", "bothy");
    return properties;
  }

  /// Every table but the migrations' own histories.
  List<String> tables() {
    return as("postgres")
        .sql(
            "select relname from pg_class where relnamespace = 'bothy'::regnamespace"
                + " and relkind in ('r', 'p') and relname not like 'flyway_schema_history%'"
                + " order by relname")
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// Which module's migrations make each table.
  static Map<String, String> moduleOfTable() {
    Map<String, String> modules = new TreeMap<>();
    for (Path file : migrationFiles()) {
      Matcher made = CREATE_TABLE.matcher(read(file));
      while (made.find()) {
        modules.put(made.group(1), module(file));
      }
    }
    return modules;
  }

  static List<Path> migrationFiles() {
    URL root = MigratedDatabase.class.getResource("/db/migration");
    if (root == null) {
      throw new IllegalStateException("No migrations on the class path");
    }
    try (Stream<Path> files = Files.walk(Path.of(java.net.URI.create(root.toString())))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The id of the module whose folder holds the migration.
  static String module(Path migration) {
    return String.valueOf(Objects.requireNonNull(migration.getParent()).getFileName());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
