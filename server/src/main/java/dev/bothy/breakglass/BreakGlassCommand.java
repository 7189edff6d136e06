package dev.bothy.breakglass;

import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.people.BreakGlassCodes;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.workspace.Installation;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.beans.BeansException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.cloud.vault.config.VaultAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes a code with which an owner or admin signs in while the identity provider is away. Whoever
/// may run it reaches the database as the server does, so it asks for nothing more.
public final class BreakGlassCommand {
  private BreakGlassCommand() {}

  /// The database, and what its login may come from.
  @ComponentScan(basePackageClasses = {Egress.class, Vault.class})
  @ConfigurationPropertiesScan(basePackageClasses = {Egress.class, Vault.class})
  @EnableConfigurationProperties({Installation.class, InstallationSettings.class})
  @ImportAutoConfiguration({
    VaultAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
  })
  private static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  /// @param username of an owner or admin
  /// @param settings each `--name=value`
  /// @param out gets the code and what to do with it
  /// @return 0 when there is a code, 1 when not
  public static int run(String username, List<String> settings, Clock clock, PrintStream out) {
    // One connection is enough, and the server's own stay free.
    Map<String, String> fixed = Map.of("spring.datasource.hikari.maximum-pool-size", "1");
    try (ConfigurableApplicationContext context =
        ToolContext.start(Beans.class, fixed, settings, clock)) {
      BreakGlassCodes codes = new BreakGlassCodes(context.getBean(JdbcClient.class), clock);
      URI address = context.getBean(InstallationSettings.class).publicAddress();
      return switch (codes.issue(username)) {
        case BreakGlassCodes.Issued.Code code -> {
          out.printf(
              "A code for %s, once, until %s:%n%n    %s%n%nTo be typed at %s/sign-in/break-glass;"
                  + " the session ends after an hour. Its use is in the audit log and raises an"
                  + " alert.%n",
              code.person(),
              code.expiresAt().truncatedTo(ChronoUnit.SECONDS),
              code.code(),
              address == null ? "" : address);
          yield 0;
        }
        case BreakGlassCodes.Issued.Nobody nobody -> {
          out.printf(
              "No owner or admin has the user name %s; these have one: %s%n",
              username, nobody.may().isEmpty() ? "none yet" : String.join(", ", nobody.may()));
          yield 1;
        }
      };
    } catch (StartRefused | DataAccessException | BeansException e) {
      out.println("No code was made: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
      return 1;
    }
  }
}
