package dev.bothy.realm;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.keycloak.KeycloakSettings;
import dev.bothy.platform.keycloak.WantedRealm;
import dev.bothy.platform.keycloak.WantedRealm.Guard;
import dev.bothy.platform.keycloak.WantedRealm.ProvisioningClient;
import dev.bothy.platform.keycloak.WantedRealm.SignOnClient;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.SignOnSettings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What the server's settings mean for the realm.
final class Wanted {
  private Wanted() {}

  static WantedRealm of(
      InstallationSettings installation, SignOnSettings signOn, KeycloakSettings keycloak) {
    return new WantedRealm(
        client(installation, signOn, keycloak),
        keycloak.groups()
            ? Set.of(signOn.ownerGroup(), signOn.adminGroup(), signOn.memberGroup())
            : Set.of(),
        keycloak.events() ? keycloak.eventRetention() : null,
        keycloak.guard() ? Guard.SET : Guard.ADVISE,
        keycloak.provisioning()
            ? new ProvisioningClient(
                keycloak.provisioningClientId(), keycloak.provisioningClientSecret())
            : null);
  }

  private static SignOnClient client(
      InstallationSettings installation, SignOnSettings signOn, KeycloakSettings keycloak) {
    URI address = installation.publicAddress();
    if (address == null) {
      throw new StartRefused(
          "bothy.installation.public-address is missing: Keycloak sends people back there.",
          "Give it, e.g. https://bothy.example.com");
    }
    String secret = signOn.clientSecret();
    URI backChannel = Objects.requireNonNullElse(keycloak.backChannelAddress(), address);
    return new SignOnClient(
        signOn.clientId(),
        secret == null || secret.isBlank() ? null : secret,
        List.of(address + "/sign-in/callback"),
        List.of(address + "/signed-out"),
        URI.create(backChannel + "/sign-on/back-channel-logout"),
        signOn.groupsClaim(),
        keycloak.acrLevels());
  }
}
