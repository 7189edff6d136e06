package dev.bothy.platform.erasure;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of erasures is held about people.
@Configuration(proxyBeanMethods = false)
class ErasureHoldings {
  @Bean
  Holdings erasureHeld() {
    return new Holdings(
        "erasure",
        List.of(
            HeldTable.of("erasure", "Proves that something was erased.")
                .person("target = cast(:person as text)")
                .aboutPerson("requested_by = :person", "accounts")
                .onErasure(
                    new OnErasure.Kept(
                        "it is the receipt; it has ids and no name", "the workspace is erased")),
            HeldTable.of("erased_workspace", "Proves that a workspace was erased.")
                .ofInstallation()
                .person("requested_by = :person")
                .onErasure(
                    new OnErasure.Kept(
                        "it is the receipt; it has ids and no name", "the installation ends"))
                .notExported()));
  }
}
