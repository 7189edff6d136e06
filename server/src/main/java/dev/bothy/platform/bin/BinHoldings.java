package dev.bothy.platform.bin;

import dev.bothy.platform.console.NavigationItem;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of the bin is held about people, and its place in the navigation.
@Configuration(proxyBeanMethods = false)
class BinHoldings {
  @Bean
  Holdings binHeld() {
    return new Holdings(
        "bin",
        List.of(
            HeldTable.of("bin_item", "Brings back what was deleted, until its time is over.")
                .person("deleted_by = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Assign("deleted_by = null"))),
            HeldTable.of("bin_choice", "Says how long what an app had can be brought back.")));
  }

  @Bean
  NavigationItem binNavigation() {
    return new NavigationItem(885, "Bin", "/bin", "bin", Set.of(Role.ADMIN, Role.AUDITOR));
  }
}
