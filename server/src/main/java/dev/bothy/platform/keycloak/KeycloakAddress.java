package dev.bothy.platform.keycloak;

import dev.bothy.platform.kernel.StartRefused;
import java.net.URI;

/// Where a realm is.
///
/// @param keycloak Keycloak's own address, e.g. `https://login.example.com`, or with a path
/// @param realm the realm's name
public record KeycloakAddress(URI keycloak, String realm) {
  private static final String REALMS = "/realms/";

  /// Takes a realm's issuer apart.
  ///
  /// @throws StartRefused if it is no address of a realm of Keycloak
  public static KeycloakAddress of(URI issuer) {
    String text = issuer.toString();
    int realms = text.lastIndexOf(REALMS);
    String realm = realms < 0 ? "" : text.substring(realms + REALMS.length());
    if (realm.isEmpty() || realm.contains("/")) {
      throw new StartRefused(
          issuer + " is not the address of a realm of Keycloak.",
          "bothy.sign-on.issuer and bothy.sign-on.internal-issuer end with /realms/ and the"
              + " realm's name.");
    }
    return new KeycloakAddress(URI.create(text.substring(0, realms)), realm);
  }
}
