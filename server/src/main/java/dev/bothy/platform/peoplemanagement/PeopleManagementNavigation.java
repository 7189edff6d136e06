package dev.bothy.platform.peoplemanagement;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// People stand in the navigation of those who run or audit the workspace. Everybody reaches their
/// profile by the menu of their name.
@Configuration(proxyBeanMethods = false)
class PeopleManagementNavigation {
  @Bean
  NavigationItem peopleNavigation() {
    return new NavigationItem(550, "People", "/people", "people", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
