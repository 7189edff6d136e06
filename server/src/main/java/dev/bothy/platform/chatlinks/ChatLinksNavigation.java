package dev.bothy.platform.chatlinks;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChatLinksNavigation {
  @Bean
  NavigationItem chatAccountsNavigation() {
    return new NavigationItem(
        620, "Chat accounts", "/people/chat-accounts", "chat", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
