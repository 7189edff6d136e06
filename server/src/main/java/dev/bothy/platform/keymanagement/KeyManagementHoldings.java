package dev.bothy.platform.keymanagement;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of keys is held about people.
@Configuration(proxyBeanMethods = false)
class KeyManagementHoldings {
  @Bean
  Holdings keyManagementHeld() {
    return new Holdings(
        "keymanagement",
        List.of(
            HeldTable.of("key_destruction", "Proves that keys were destroyed.")
                .person("requested_by = :person")
                .onErasure(
                    new OnErasure.Kept(
                        "it is the receipt of an erasure; it has an id and no name",
                        "the workspace is erased"))));
  }
}
