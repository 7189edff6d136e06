package dev.bothy.platform.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/// Runs the migrations of every module, each with a history table of its own: `__root` first (what
/// every table needs), then the modules by name. No other order is needed, since no module's SQL
/// touches another's tables.
@Component
public class ModuleMigrations implements FlywayMigrationStrategy {
  private static final String ROOT = "__root";
  private static final String FOLDER = "db/migration/";

  @Override
  public void migrate(Flyway configured) {
    module(configured, ROOT, "flyway_schema_history");
    for (String module : modules()) {
      module(configured, module, "flyway_schema_history_" + module);
    }
  }

  private static void module(Flyway configured, String module, String historyTable) {
    Flyway.configure()
        .configuration(configured.getConfiguration())
        .locations("classpath:" + FOLDER + module)
        .table(historyTable)
        // Every module after the first finds the schema filled by others.
        .baselineOnMigrate(!module.equals(ROOT))
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private static SortedSet<String> modules() {
    try {
      SortedSet<String> names = new TreeSet<>();
      for (Resource file :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:" + FOLDER + "*/*.sql")) {
        String address = file.getURL().toString();
        String below = address.substring(address.lastIndexOf(FOLDER) + FOLDER.length());
        names.add(below.substring(0, below.indexOf('/')));
      }
      names.remove(ROOT);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
