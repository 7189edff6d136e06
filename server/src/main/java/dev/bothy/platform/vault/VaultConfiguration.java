package dev.bothy.platform.vault;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.workspace.Installation;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.vault.config.VaultProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.vault.authentication.ClientAuthentication;
import org.springframework.vault.authentication.SessionManager;
import org.springframework.vault.config.AbstractVaultConfiguration.ClientFactoryWrapper;
import org.springframework.vault.core.VaultOperations;

/// Sends spring-vault's calls through [Egress], and puts [Vault] before it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.cloud.vault.enabled", havingValue = "true")
class VaultConfiguration {
  private static final String OWNER = "Vault";

  /// @throws StartRefused in production, if Vault would be reached by plain http
  @Bean
  static Destination vaultDestination(Environment environment, Installation installation) {
    URI address =
        URI.create(environment.getProperty("spring.cloud.vault.uri", "https://localhost:8200"));
    if (installation.production() && !"https".equals(address.getScheme())) {
      throw new StartRefused(
          "spring.cloud.vault.uri is a plain http address, which is refused in production.",
          "Give Vault a certificate and an https address; bothy.installation.ca-bundle names the"
              + " authority that signed it.");
    }
    return Destination.builtIn(
        address.getScheme() + "://" + address.getRawAuthority(),
        OWNER,
        "Keys are wrapped and unwrapped there, and the login to the database may come from there.",
        Destination.OWN_REGION);
  }

  @Bean
  ClientFactoryWrapper clientHttpRequestFactoryWrapper(Egress egress, VaultProperties properties) {
    return new ClientFactoryWrapper(
        egress.requestFactory(OWNER, Duration.ofMillis(properties.getReadTimeout())));
  }

  @Bean
  Vault vault(VaultOperations operations, SessionManager session, ClientAuthentication signIn) {
    return new Vault(operations, session, signIn, System::nanoTime);
  }
}
