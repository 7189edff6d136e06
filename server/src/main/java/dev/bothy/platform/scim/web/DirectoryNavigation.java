package dev.bothy.platform.scim.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DirectoryNavigation {
  @Bean
  NavigationItem directoryItem() {
    return new NavigationItem(
        560, "Directory", "/directory", "people", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
