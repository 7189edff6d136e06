package dev.bothy.app.rotations.web;

import dev.bothy.platform.console.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RotationPages {
  @Bean
  NavigationItem rotationsNavigation() {
    return new NavigationItem(100, "Rotations", "/rotations", "rotation");
  }
}
