package dev.bothy.backuptool;

import dev.bothy.command.BackupCommand;
import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.recovery.Release;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.workspace.Installation;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.cloud.vault.config.VaultAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.NestedExceptionUtils;

/// Lets a restored service go on with its work: the command `release`. It needs the database as the
/// server reaches it, and nothing else.
public final class ReleaseTool {
  private ReleaseTool() {}

  @ComponentScan(basePackageClasses = {Egress.class, Vault.class})
  @ConfigurationPropertiesScan(basePackageClasses = {Egress.class, Vault.class})
  @EnableConfigurationProperties(Installation.class)
  @ImportAutoConfiguration({VaultAutoConfiguration.class, DataSourceAutoConfiguration.class})
  private static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  /// @return what the program ends with: 0 done, 1 failed, 3 refused
  public static int run(BackupCommand.Release command, Clock clock, PrintStream out) {
    return report(command, clock).leave(command.report(), out);
  }

  private static ToolReport report(BackupCommand.Release command, Clock clock) {
    Map<String, String> fixed = Map.of("spring.datasource.hikari.maximum-pool-size", "1");
    try (ConfigurableApplicationContext context =
            ToolContext.start(Beans.class, fixed, command.settings(), clock);
        Connection connection = context.getBean(DataSource.class).getConnection()) {
      return switch (Release.run(connection, "release", clock)) {
        case RELEASED ->
            ToolReport.done("Released: servers go on with their work within a second", null);
        case NOTHING_HELD ->
            ToolReport.done("Nothing is held: it was released before, or never restored", null);
        case PREPARING ->
            ToolReport.failed(
                new BackupFailure(
                    Reason.RestoreRunning,
                    "The restored database is still being prepared. Start a server, wait until it is"
                        + " ready, and run release again"),
                null);
      };
    } catch (SQLException | StartRefused | BeansException e) {
      return ToolReport.failed(
          new BackupFailure(
              Reason.DatabaseAway,
              "Nothing was released: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
              e),
          null);
    }
  }
}
