package dev.bothy.platform.recovery;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RecoveryNavigation {
  @Bean
  NavigationItem backupsNavigation() {
    return new NavigationItem(
        895, "Backups", "/backups", "download", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
