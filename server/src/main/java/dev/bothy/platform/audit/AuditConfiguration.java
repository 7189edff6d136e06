package dev.bothy.platform.audit;

import dev.bothy.platform.privacy.RetentionClock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
  /// Until a module says for how long each workspace keeps its log.
  @Bean
  @ConditionalOnMissingBean
  AuditKeeping auditKeeping() {
    return RetentionClock.AUDIT::standard;
  }
}
