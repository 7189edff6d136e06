package dev.bothy.platform.provisioning;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.Origin;
import dev.bothy.platform.keycloak.KeycloakAddress;
import dev.bothy.platform.keycloak.KeycloakConnection;
import dev.bothy.platform.keycloak.KeycloakLogin;
import dev.bothy.platform.keycloak.KeycloakSettings;
import dev.bothy.platform.keycloak.KeycloakUsers;
import dev.bothy.platform.people.SignOnSettings;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The connection to Keycloak, where users are brought along.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("bothy.keycloak.provisioning")
class ProvisioningConfiguration {
  @Bean
  Destination keycloakUsersAddress(SignOnSettings signOn, KeycloakSettings settings) {
    return Destination.builtIn(
        Origin.of(address(signOn, settings)).toString(),
        SignOnSettings.IDENTITY_PROVIDER,
        "Users are kept up to date there.",
        Destination.OWN_REGION);
  }

  @Bean(destroyMethod = "close")
  KeycloakConnection keycloakUsersConnection(
      SignOnSettings signOn, KeycloakSettings settings, Egress egress) {
    String realm = KeycloakAddress.of(signOn.serverIssuer()).realm();
    return new KeycloakConnection(
        address(signOn, settings),
        realm,
        new KeycloakLogin.ServiceAccount(
            realm,
            settings.provisioningClientId(),
            Objects.requireNonNull(settings.provisioningClientSecret())),
        egress.requestFactory(SignOnSettings.IDENTITY_PROVIDER));
  }

  @Bean
  KeycloakUsers keycloakUsers(KeycloakConnection keycloakUsersConnection) {
    return new KeycloakUsers(keycloakUsersConnection);
  }

  private static URI address(SignOnSettings signOn, KeycloakSettings settings) {
    URI own = settings.adminAddress();
    return own == null ? KeycloakAddress.of(signOn.serverIssuer()).keycloak() : own;
  }
}
