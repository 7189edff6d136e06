package dev.bothy.platform.console;

import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The entries for the console's own pages.
@Configuration(proxyBeanMethods = false)
class ConsoleNavigation {
  @Bean
  NavigationItem home() {
    return new NavigationItem(0, "Home", "", "home");
  }

  @Bean
  NavigationItem deadLettersPage() {
    return new NavigationItem(
        880, "Dead letters", "/dead-letters", "inbox", Set.of(Role.ADMIN, Role.AUDITOR));
  }

  @Bean
  NavigationItem auditLog() {
    return new NavigationItem(900, "Audit log", "/audit", "list", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
