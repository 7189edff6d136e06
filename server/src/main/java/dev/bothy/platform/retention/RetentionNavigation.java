package dev.bothy.platform.retention;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RetentionNavigation {
  @Bean
  NavigationItem privacyNavigation() {
    return new NavigationItem(
        880, "Privacy", "/privacy", "shield", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
