package dev.bothy.platform.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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
    for (Module module : modules()) {
      migrate(configured, module);
    }
    openHistories(configured);
  }

  private static void migrate(Flyway configured, Module module) {
    Flyway.configure()
        .configuration(configured.getConfiguration())
        .locations("classpath:" + FOLDER + module.name())
        .table(module.historyTable())
        // Every module after the first finds the schema filled by others.
        .baselineOnMigrate(!module.name().equals(ROOT))
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /// So that a server that does not migrate can tell whether somebody did ([MigrationsPresent]).
  private static void openHistories(Flyway configured) {
    String schema = configured.getConfiguration().getDefaultSchema();
    try (Connection connection = configured.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (Module module : modules()) {
        statement.execute(
            "grant select on " + schema + "." + module.historyTable() + " to bothy_app");
      }
    } catch (SQLException e) {
      throw new FlywayException("The histories could not be opened to bothy_app", e);
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
