package dev.bothy.platform.keys;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Whether what networks deliver can be sealed, which a server has to before it takes any of it.
/// Once it can it always can: the key stays.
@Component("keysHealthIndicator")
class KeysReadiness implements HealthIndicator {
  private final InstallationKeys installation;

  KeysReadiness(InstallationKeys installation) {
    this.installation = installation;
  }

  @Override
  public Health health() {
    return installation.isLoaded() ? Health.up().build() : Health.outOfService().build();
  }
}
