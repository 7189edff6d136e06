package dev.bothy.platform.recovery;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of restores is held about people.
@Configuration(proxyBeanMethods = false)
class RecoveryHoldings {
  @Bean
  Holdings recoveryHeld() {
    return new Holdings(
        "recovery",
        List.of(
            HeldTable.of("recovery", "Proves who let a restored service go on, and after what.")
                .ofInstallation()
                .person("released_by = cast(:person as text)")
                .onErasure(new OnErasure.Kept("it has an id and no name", "the installation ends"))
                .notExported()));
  }
}
