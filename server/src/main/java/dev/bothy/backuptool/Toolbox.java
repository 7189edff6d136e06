package dev.bothy.backuptool;

import dev.bothy.platform.backup.BackupFailure;
import dev.bothy.platform.backup.BackupFailure.Reason;
import dev.bothy.platform.backup.BackupProgress;
import dev.bothy.platform.backup.BackupSettings;
import dev.bothy.platform.backup.Backups;
import dev.bothy.platform.backup.ConnectionSource;
import dev.bothy.platform.backup.Restoration;
import dev.bothy.platform.backup.Retention;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.keys.BackupKeys;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.SettingsFailure;
import dev.bothy.platform.operation.ToolContext;
import dev.bothy.platform.storage.ObjectStore;
import dev.bothy.platform.storage.Storage;
import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.workspace.DatabaseLink;
import dev.bothy.platform.workspace.Installation;
import dev.bothy.platform.workspace.ModuleMigrations;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.vault.config.VaultAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// What the commands work with, made from the server's settings: the store, the keys and the
/// database, and nothing else of the server.
public final class Toolbox implements AutoCloseable {
  private static final String URL = "spring.datasource.url";
  private static final String FLYWAY_URL = "spring.flyway.url";

  private final ConfigurableApplicationContext context;

  private Toolbox(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @ComponentScan(basePackageClasses = {Egress.class, Vault.class, ObjectStore.class})
  @ConfigurationPropertiesScan(basePackageClasses = {Egress.class, Vault.class, BackupKeys.class})
  @EnableConfigurationProperties({Installation.class, BackupSettings.class})
  @ImportAutoConfiguration(VaultAutoConfiguration.class)
  @Import(BackupKeys.class)
  private static final class Beans {
    @Bean
    static Metrics metrics() {
      return Metrics.unscraped();
    }
  }

  /// @param settings each `--name=value`
  /// @throws BackupFailure if one is missing or wrong
  public static Toolbox open(List<String> settings, Clock clock) {
    try {
      return new Toolbox(ToolContext.start(Beans.class, Map.of(), settings, clock));
    } catch (StartRefused e) {
      throw new BackupFailure(Reason.NotConfigured, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new BackupFailure(Reason.NotConfigured, SettingsFailure.of(e).sentence(), e);
    }
  }

  public Environment environment() {
    return context.getEnvironment();
  }

  /// @throws BackupFailure if none is configured
  public ObjectStore store() {
    return context
        .getBean(Storage.class)
        .store()
        .orElseThrow(() ->
            new BackupFailure(
                Reason.NotConfigured,
                "bothy.storage.kind is none: say where backups lie, folder or s3."
                    + " docs/how-to/store-backups.md has both"));
  }

  public Backups backups() {
    return new Backups(store());
  }

  public BackupKeys keys() {
    return context.getBean(BackupKeys.class);
  }

  public BackupSettings settings() {
    return context.getBean(BackupSettings.class);
  }

  public Retention retention() {
    BackupSettings settings = settings();
    return new Retention(settings.keepDaily(), settings.keepWeekly(), settings.keepMonthly());
  }

  /// Connections as the role that reads everything.
  ///
  /// @throws BackupFailure if its login is not given
  public ConnectionSource asReader() {
    String password = settings().password();
    if (password == null || password.isBlank()) {
      throw new BackupFailure(
          Reason.NotConfigured,
          "bothy.backup.password is missing: the password of the role bothy_backup");
    }
    return source(URL, settings().username(), password);
  }

  /// Connections as the owner of the schema.
  ///
  /// @throws BackupFailure if its login is not given
  public ConnectionSource asOwner() {
    return source(FLYWAY_URL, needed("spring.flyway.user"), needed("spring.flyway.password"));
  }

  public Restoration restoration(BackupProgress progress) {
    return restoration(
        asOwner(),
        needed(FLYWAY_URL),
        needed("spring.flyway.user"),
        needed("spring.flyway.password"),
        progress);
  }

  /// For another database than the settings'.
  public Restoration restoration(
      ConnectionSource owner, String url, String user, String password, BackupProgress progress) {
    return new Restoration(
        owner,
        Flyway.configure()
            .dataSource(url, user, password)
            // The rename that ends a restore waits for the disk, and with it for all before.
            .initSql("set synchronous_commit = off")
            .defaultSchema("bothy")
            .createSchemas(false)
            .load(),
        new ModuleMigrations(context.getBean(Installation.class)),
        settings().parallel(),
        progress);
  }

  private ConnectionSource source(String setting, String user, String password) {
    String url = needed(setting);
    try {
      DatabaseLink.check(context.getBean(Installation.class), setting, url, new Properties());
    } catch (StartRefused e) {
      throw new BackupFailure(Reason.NotConfigured, String.valueOf(e.getMessage()), e);
    }
    return () -> {
      Properties properties = new Properties();
      properties.setProperty("user", user);
      properties.setProperty("password", password);
      properties.setProperty("ApplicationName", "bothy-backup");
      // A server that went away without a word is noticed.
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("connectTimeout", "20");
      return DriverManager.getConnection(url, properties);
    };
  }

  /// @throws BackupFailure if it is not set
  public String needed(String setting) {
    String value = given(setting);
    if (value == null) {
      throw new BackupFailure(Reason.NotConfigured, setting + " is missing");
    }
    return value;
  }

  /// @return null if it is not set
  public @Nullable String given(String setting) {
    String value = context.getEnvironment().getProperty(setting);
    return value == null || value.isBlank() ? null : value;
  }

  @Override
  public void close() {
    context.close();
  }
}
