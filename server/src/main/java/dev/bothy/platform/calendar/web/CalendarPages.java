package dev.bothy.platform.calendar.web;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CalendarPages {
  @Bean
  NavigationItem absencesNavigation() {
    return new NavigationItem(110, "Absences", "/absences", "calendar");
  }

  @Bean
  NavigationItem holidaysNavigation() {
    return new NavigationItem(510, "Holidays", "/holidays", "sun", Set.of(Role.ADMIN));
  }
}
