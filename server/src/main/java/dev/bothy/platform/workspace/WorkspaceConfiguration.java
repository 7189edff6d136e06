package dev.bothy.platform.workspace;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryDependsOnPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {
  @Bean
  static BeanPostProcessor guardDataSource(ObjectProvider<Installation> installation) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          DatabaseLink.check(
              installation.getObject(),
              "spring.datasource.url",
              pool.getJdbcUrl(),
              pool.getDataSourceProperties());
          return new GuardedDataSource(pool);
        }
        return bean;
      }
    };
  }

  @Bean
  SmartInitializingSingleton armGuard(DataSource dataSource) {
    return () -> {
      if (!(dataSource instanceof GuardedDataSource guarded)) {
        throw new IllegalStateException(
            "The data source is not guarded: " + dataSource.getClass().getName());
      }
      guarded.arm();
    };
  }

  /// Looked at before a migration or Hibernate touches a table.
  @Bean
  UnfinishedRestore unfinishedRestore(DataSource dataSource) {
    return new UnfinishedRestore(dataSource);
  }

  @Bean
  static EntityManagerFactoryDependsOnPostProcessor tablesNeedAWholeDatabase() {
    return new EntityManagerFactoryDependsOnPostProcessor(UnfinishedRestore.class);
  }

  @Bean
  static AbstractDependsOnBeanFactoryPostProcessor migrationsNeedAWholeDatabase() {
    return new MigrationsNeed(FlywayMigrationInitializer.class);
  }

  private static final class MigrationsNeed extends AbstractDependsOnBeanFactoryPostProcessor {
    MigrationsNeed(Class<?> migrations) {
      super(migrations, UnfinishedRestore.class);
    }
  }

  /// Where migrations are somebody else's to run, they are looked for before anything uses a table.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = "spring.flyway.enabled", havingValue = false)
  static class MigratedElsewhere {
    @Bean
    MigrationsPresent migrationsPresent(DataSource dataSource) {
      return new MigrationsPresent(dataSource);
    }

    @Bean
    static AbstractDependsOnBeanFactoryPostProcessor presenceNeedsAWholeDatabase() {
      return new MigrationsNeed(MigrationsPresent.class);
    }

    @Bean
    static EntityManagerFactoryDependsOnPostProcessor tablesNeedMigrations() {
      return new EntityManagerFactoryDependsOnPostProcessor(MigrationsPresent.class);
    }
  }
}
