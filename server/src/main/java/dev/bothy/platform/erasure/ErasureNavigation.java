package dev.bothy.platform.erasure;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErasureNavigation {
  @Bean
  NavigationItem erasuresNavigation() {
    return new NavigationItem(
        895, "Erasures", "/erasures", "shield", Set.of(Role.OWNER, Role.AUDITOR));
  }
}
