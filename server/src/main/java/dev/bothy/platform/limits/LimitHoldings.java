package dev.bothy.platform.limits;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of limits is held about people.
@Configuration(proxyBeanMethods = false)
class LimitHoldings {
  @Bean
  Holdings limitHeld() {
    return new Holdings(
        "limits",
        List.of(
            HeldTable.of("limit_use", "Counts what was done lately, so that nobody overdoes it.")
                .ofInstallation()
                .onErasure(new OnErasure.Kept("it has hashes and no name", "minutes later"))
                .notExported()));
  }
}
