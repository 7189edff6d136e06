package dev.bothy.platform.chat.sandbox.web;

import dev.bothy.platform.console.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RoomNavigation {
  @Bean
  NavigationItem sandbox() {
    return new NavigationItem(400, "Sandbox", "/sandbox", "chat");
  }
}
