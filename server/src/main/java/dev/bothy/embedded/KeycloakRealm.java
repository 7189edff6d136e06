package dev.bothy.embedded;

import dev.bothy.platform.keycloak.WantedRealm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A realm as Bothy needs it, which the realm step sees to, and four people to try it with: `alice`
/// (owner), `bob` (admin), `chen` and `dana` (members).
///
/// @param name lower-case letters, digits and dashes
/// @param application the server's address as browsers see it, without a path. Keycloak takes a
///   sign-in back to any port of `localhost` (RFC 8252 section 7.3), so only single logout depends
///   on the port
/// @param clientSecret letters and digits
/// @param password of all four people; letters, digits and dashes
public record KeycloakRealm(String name, URI application, String clientSecret, String password) {
  public static final String CLIENT = "bothy-console";
  public static final String OWNER = "alice";

  private static final Duration EVENTS_KEPT = Duration.ofDays(30);
  private static final String TEMPLATE = "/embedded/realm.json";

  /// The issuer that its tokens name, in a Keycloak of this address.
  public URI issuer(URI keycloak) {
    return keycloak.resolve("/realms/" + name);
  }

  /// What the realm step makes of it.
  WantedRealm wanted() {
    return new WantedRealm(
        new WantedRealm.SignOnClient(
            CLIENT,
            clientSecret,
            List.of("http://localhost/sign-in/callback"),
            List.of("http://localhost/*"),
            application.resolve("/sign-on/back-channel-logout"),
            "groups",
            Map.of()),
        Set.of("bothy-owners", "bothy-admins", "bothy-members"),
        EVENTS_KEPT,
        WantedRealm.Guard.SET,
        null);
  }

  /// The realm itself, with groups and people.
  String json() throws IOException {
    try (InputStream template = KeycloakRealm.class.getResourceAsStream(TEMPLATE)) {
      if (template == null) {
        throw new IOException(TEMPLATE + " is not on the class path");
      }
      return new String(template.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@realm@", name)
          .replace("@password@", password);
    }
  }

  /// Without the secrets.
  @Override
  public String toString() {
    return "KeycloakRealm[" + name + " for " + application + "]";
  }
}
