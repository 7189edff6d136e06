package dev.bothy.preflight;

import dev.bothy.platform.people.SignOnSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriComponentsBuilder;

/// `sign-on-redirect`: Keycloak would send people back to this installation. It is asked for its
/// sign-in page just as a browser asks.
record SignOnRedirect(SignOnSettings settings, SignOnCalls calls, String redirect)
    implements Check {
  private static final String NAME = "sign-on-redirect";
  private static final int BAD_REQUEST = 400;

  /// SHA-256 of nothing, in base64url: no code is ever exchanged for it.
  private static final String CHALLENGE = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  @Override
  public List<Finding> look() {
    Map<String, String> query =
        Map.of(
            "response_type", "code",
            "client_id", settings.clientId(),
            "redirect_uri", redirect,
            "scope", "openid",
            "state", "preflight",
            "code_challenge", CHALLENGE,
            "code_challenge_method", "S256");
    UriComponentsBuilder address =
        UriComponentsBuilder.fromUriString(settings.serverEndpoint("auth"));
    query.keySet().stream().sorted().forEach(name -> address.queryParam(name, "{" + name + "}"));
    SignOnCalls.Answer answer;
    try {
      answer = calls.get(address.encode().buildAndExpand(query).toUriString());
    } catch (IOException e) {
      // A redirect to a place that this pod does not reach is the browser's to follow.
      return List.of();
    }
    return List.of(
        answer.status() == BAD_REQUEST && answer.body().contains("redirect_uri")
            ? Finding.fail(
                NAME,
                "Keycloak would not send people back to " + redirect,
                "Enter "
                    + redirect
                    + " under Valid redirect URIs of the client "
                    + settings.clientId()
                    + " in Keycloak, or correct bothy.installation.public-address")
            : Finding.pass(NAME, "Keycloak sends people back to " + redirect));
  }
}
