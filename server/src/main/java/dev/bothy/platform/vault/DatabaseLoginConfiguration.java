package dev.bothy.platform.vault;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.StartProbes;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/// Lets the connection pool take its login from Vault.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("bothy.database.vault-path")
class DatabaseLoginConfiguration {
  /// What the connections of a user meet that was dropped: not allowed; and, since it may not look
  /// into the schema any more, no such table and no such function.
  private static final Set<String> DROPPED = Set.of("42501", "42P01", "42883");

  /// Lazy: a tool without a pool asks for no login.
  ///
  /// @throws StartRefused if no Vault is named
  @Bean
  @Lazy
  DatabaseLogins databaseLogins(
      DatabaseProperties properties, Optional<Vault> vault, Clock clock, Metrics metrics) {
    return new DatabaseLogins(
        vault.orElseThrow(DatabaseLoginConfiguration::withoutVault),
        Objects.requireNonNull(properties.vaultPath()),
        clock,
        metrics);
  }

  @Bean
  static BeanPostProcessor loginsForThePool(
      ObjectProvider<DatabaseLogins> logins, Environment environment) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          connect(pool, logins.getObject(), environment);
        }
        return bean;
      }
    };
  }

  /// Returns when there is a login. Until then the server answers its probes and nothing else.
  ///
  /// @throws StartRefused if the settings name a login as well
  static void connect(HikariDataSource pool, DatabaseLogins logins, Environment environment) {
    if (pool.getUsername() != null || pool.getPassword() != null) {
      throw new StartRefused(
          "bothy.database.vault-path says that the login to the database comes from Vault, but"
              + " spring.datasource.username or .password names one as well.",
          "Take away the one that is not meant.");
    }
    LoginDataSource source =
        new LoginDataSource(
            new DriverDataSource(
                pool.getJdbcUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                null,
                null),
            logins);
    pool.setDataSource(source);
    pool.setExceptionOverride(new EndDroppedUsers());
    if (logins.start(user -> evict(pool, source, user))) {
      return;
    }
    try (StartProbes probes = StartProbes.open(environment)) {
      logins.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Told to stop while waiting for a login to the database", e);
    }
  }

  private static void evict(HikariDataSource pool, LoginDataSource source, String user) {
    HikariPoolMXBean started = pool.getHikariPoolMXBean();
    if (started != null && source.holds(user)) {
      started.softEvictConnections();
    }
  }

  /// Somebody may revoke a lease before its time. PostgreSQL leaves the connections of a user that
  /// was dropped open, but lets them do nothing: one that meets that is not used again, and the one
  /// opened in its place finds out.
  private static final class EndDroppedUsers implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return failure.getSQLState() != null && DROPPED.contains(failure.getSQLState())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }

  private static StartRefused withoutVault() {
    return new StartRefused(
        "bothy.database.vault-path is set, but no Vault is named.",
        "Set spring.cloud.vault.enabled=true, spring.cloud.vault.uri to its address and"
            + " spring.cloud.vault.authentication to how this server signs in there.");
  }
}
