package dev.bothy.platform.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.stereotype.Component;

/// Runs the migrations of every module, each with a history table of its own: `__root` first (what
/// every table needs), then the modules by name. No module's SQL touches another's tables; the
/// triggers of `keys` and `people` call a function of `audit`, which comes before them.
@Component
public class ModuleMigrations implements FlywayMigrationStrategy {
  private static final String ROOT = "__root";
  private static final String FOLDER = "db/migration/";
  private static final String HISTORY = "flyway_schema_history";
  private static final Pattern FILE = Pattern.compile("([^/]+)/V([0-9.]+)__[^/]+\\.sql");

  private final Installation installation;

  /// @param installation says whether the link to the database must be encrypted
  public ModuleMigrations(Installation installation) {
    this.installation = installation;
  }

  /// A module with migrations.
  ///
  /// @param versions as its files name them
  record Module(String name, SortedSet<String> versions) {
    String historyTable() {
      return name.equals(ROOT) ? HISTORY : HISTORY + "_" + name;
    }
  }

  @Override
  public void migrate(Flyway configured) {
    // Any other is the server's own, which is checked where it is made.
    if (configured.getConfiguration().getDataSource()
        instanceof AbstractDriverBasedDataSource own) {
      Properties beside = own.getConnectionProperties();
      DatabaseLink.check(
          installation,
          "spring.flyway.url",
          own.getUrl(),
          beside == null ? new Properties() : beside);
    }
    List<Module> modules = modules();
    modules.forEach(module -> migrate(configured, module, MigrationVersion.LATEST));
    openHistories(configured, modules);
  }

  /// Brings an empty schema to an older version's state, with nothing of modules that it did not
  /// have.
  ///
  /// @param versions the newest migration of each module, as [#newest] had it then
  public static void migrateTo(Flyway configured, Map<String, String> versions) {
    List<Module> modules =
        modules().stream().filter(module -> versions.containsKey(module.name())).toList();
    modules.forEach(module ->
        migrate(
            configured,
            module,
            MigrationVersion.fromVersion(Objects.requireNonNull(versions.get(module.name())))));
    openHistories(configured, modules);
  }

  /// The newest migration of each module that has any in this program.
  public static SortedMap<String, String> newest() {
    SortedMap<String, String> newest = new TreeMap<>();
    modules()
        .forEach(module ->
            newest.put(
                module.name(),
                module.versions().stream()
                    .map(MigrationVersion::fromVersion)
                    .max(Comparator.naturalOrder())
                    .map(MigrationVersion::getVersion)
                    .orElseThrow()));
    return newest;
  }

  /// The newest migration of each module that has any in the database.
  ///
  /// @param connection of a role that may read the histories
  public static SortedMap<String, String> applied(Connection connection) throws SQLException {
    SortedMap<String, String> applied = new TreeMap<>();
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "select tablename from pg_tables where schemaname = 'bothy'"
                  + " and starts_with(tablename, '"
                  + HISTORY
                  + "')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "select version from bothy.\""
                    + table
                    + "\" where success and version is not null")) {
          MigrationVersion newest = MigrationVersion.EMPTY;
          while (rows.next()) {
            MigrationVersion version = MigrationVersion.fromVersion(rows.getString(1));
            newest = version.compareTo(newest) > 0 ? version : newest;
          }
          String module =
              table.equals(HISTORY) ? ROOT : table.substring(HISTORY.length() + "_".length());
          if (newest.getVersion() != null) {
            applied.put(module, newest.getVersion());
          }
        }
      }
    }
    return applied;
  }

  private static void migrate(Flyway configured, Module module, MigrationVersion target) {
    Flyway.configure()
        .configuration(configured.getConfiguration())
        .locations("classpath:" + FOLDER + module.name())
        .table(module.historyTable())
        // Every module after the first finds the schema filled by others.
        .baselineOnMigrate(!module.name().equals(ROOT))
        .baselineVersion("0")
        .target(target)
        .load()
        .migrate();
  }

  /// So that a server that does not migrate can tell whether somebody did ([MigrationsPresent]),
  /// and a backup which migrations its tables have.
  private static void openHistories(Flyway configured, List<Module> modules) {
    String schema = configured.getConfiguration().getDefaultSchema();
    try (Connection connection = configured.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (Module module : modules) {
        statement.execute(
            "grant select on "
                + schema
                + "."
                + module.historyTable()
                + " to bothy_app, bothy_backup");
      }
    } catch (SQLException e) {
      throw new FlywayException(
          "The histories could not be opened to bothy_app and bothy_backup", e);
    }
  }

  /// Every module with migrations, in the order in which they are run.
  static List<Module> modules() {
    try {
      SortedMap<String, Module> found = new TreeMap<>();
      for (Resource file :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:" + FOLDER + "*/*.sql")) {
        String address = file.getURL().toString();
        Matcher parts =
            FILE.matcher(address.substring(address.lastIndexOf(FOLDER) + FOLDER.length()));
        if (parts.matches()) {
          found
              .computeIfAbsent(parts.group(1), name -> new Module(name, new TreeSet<>()))
              .versions()
              .add(parts.group(2));
        }
      }
      List<Module> ordered = new ArrayList<>(found.values());
      ordered.sort(
          (one, other) -> Boolean.compare(other.name().equals(ROOT), one.name().equals(ROOT)));
      return ordered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
