package dev.bothy.platform.keymanagement;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KeyManagementNavigation {
  @Bean
  NavigationItem keysNavigation() {
    return new NavigationItem(890, "Keys", "/keys", "key", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
