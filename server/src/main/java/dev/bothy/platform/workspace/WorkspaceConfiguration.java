package dev.bothy.platform.workspace;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {
  @Bean
  static BeanPostProcessor guardDataSource() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool ? new GuardedDataSource(pool) : bean;
      }
    };
  }

  @Bean
  SmartInitializingSingleton armGuard(javax.sql.DataSource dataSource) {
    return () -> {
      if (!(dataSource instanceof GuardedDataSource guarded)) {
        throw new IllegalStateException(
            "The data source is not guarded: " + dataSource.getClass().getName());
      }
      guarded.arm();
    };
  }
}
