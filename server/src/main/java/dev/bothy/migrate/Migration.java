package dev.bothy.migrate;

import dev.bothy.platform.backup.Restoration;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.ModuleMigrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/// Runs the migrations as `spring.flyway.url`, `.user` and `.password` say. It needs the database
/// and nothing else.
public final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private Migration() {}

  @EnableConfigurationProperties(Installation.class)
  @ImportAutoConfiguration(FlywayAutoConfiguration.class)
  private static final class Beans {
    /// Not while the context starts: a failure there would be a stack trace.
    @Bean
    static FlywayMigrationStrategy later() {
      return flyway -> {};
    }
  }

  /// @param arguments settings, each `--name=value`
  /// @return 0 when every migration is there, 1 when not; a log line says why
  public static int run(List<String> arguments) {
    // The server's settings switch Flyway off, since it leaves migrating to this.
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, Map.of("spring.flyway.enabled", "true"), arguments)) {
      if (context.getEnvironment().getProperty("spring.flyway.url") == null) {
        LOG.error("spring.flyway.url is missing: it says where the database to migrate is.");
        return 1;
      }
      new ModuleMigrations(context.getBean(Installation.class))
          .migrate(context.getBean(Flyway.class));
      try (Connection connection =
          context.getBean(Flyway.class).getConfiguration().getDataSource().getConnection()) {
        Restoration.dropWhatWasReplaced(connection);
      }
      LOG.info("The database has every migration of this version.");
      return 0;
    } catch (StartRefused | FlywayException | SQLException e) {
      LOG.error("The database was not migrated: {}", e.getMessage());
      return 1;
    }
  }
}
