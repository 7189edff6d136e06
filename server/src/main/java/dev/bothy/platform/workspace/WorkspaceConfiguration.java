package dev.bothy.platform.workspace;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
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

  /// Where migrations are somebody else's to run, they are looked for before anything uses a table.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = "spring.flyway.enabled", havingValue = false)
  static class MigratedElsewhere {
    @Bean
    MigrationsPresent migrationsPresent(DataSource dataSource) {
      return new MigrationsPresent(dataSource);
    }

    @Bean
    static EntityManagerFactoryDependsOnPostProcessor tablesNeedMigrations() {
      return new EntityManagerFactoryDependsOnPostProcessor(MigrationsPresent.class);
    }
  }
}
