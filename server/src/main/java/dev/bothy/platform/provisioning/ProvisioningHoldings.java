package dev.bothy.platform.provisioning;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of users made in Keycloak is held about people.
@Configuration(proxyBeanMethods = false)
class ProvisioningHoldings {
  @Bean
  Holdings provisioningHeld() {
    return new Holdings(
        "provisioning",
        List.of(
            HeldTable.of("provisioned_user", "Brings the Keycloak user along with the member.")
                .ofInstallation()
                .person("person_id = :person")
                .onErasure(
                    new OnErasure.ByItself(
                        "the user in Keycloak is switched off when the last place ends, and the row goes within about an hour after that"))));
  }
}
