package dev.bothy.platform.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The entries for the console's own pages.
@Configuration(proxyBeanMethods = false)
class ConsoleNavigation {
  @Bean
  NavigationItem home() {
    return new NavigationItem(0, "Home", "", "home");
  }
}
