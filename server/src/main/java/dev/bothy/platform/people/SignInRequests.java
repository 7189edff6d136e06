package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

/// A sign-in on its way: from `/sign-in?to=…` to the identity provider and back to
/// `/sign-in/callback`.
///
/// Nothing is kept here meanwhile. The browser gets one random cookie, from which the state, the
/// nonce and the PKCE verifier are all derived, so the answer is believed only in the browser that
/// asked, on whichever replica it arrives.
@Component
class SignInRequests
    implements OAuth2AuthorizationRequestResolver,
        AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
  static final String START = "/sign-in";
  static final String CALLBACK = "/sign-in/callback";

  /// The request attribute with the path to go to after sign-in.
  static final String RETURN_TO = SignInRequests.class.getName() + ".returnTo";

  /// How long somebody may take to type their password and second factor.
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final String TOKEN = SignInRequests.class.getName() + ".token";
  private static final int LONGEST_PATH = 1000;

  private final ClientRegistration registration;
  private final SignOnSettings settings;
  private final Cookies cookies;
  private final PublicAddress address;

  SignInRequests(
      ClientRegistration registration,
      SignOnSettings settings,
      Cookies cookies,
      PublicAddress address) {
    this.registration = registration;
    this.settings = settings;
    this.cookies = cookies;
    this.address = address;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    if (!request.getMethod().equals("GET") || !request.getServletPath().equals(START)) {
      return null;
    }
    String token = Tokens.random();
    request.setAttribute(TOKEN, token);
    return authorizationRequest(token, request);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(
      HttpServletRequest request, String registrationId) {
    return resolve(request);
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest ignored,
      HttpServletRequest request,
      HttpServletResponse response) {
    String value =
        request.getAttribute(TOKEN)
            + "."
            + Tokens.encode(localPath(request.getParameter("to")).getBytes(StandardCharsets.UTF_8));
    cookies.write(request, response, Cookies.SIGN_IN, value, PATIENCE);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    Optional<String> cookie = cookies.read(request, Cookies.SIGN_IN);
    if (cookie.isEmpty()) {
      return null;
    }
    String[] parts = cookie.get().split("\\.", 2);
    if (parts.length != 2 || !Tokens.isWellFormed(parts[0])) {
      return null;
    }
    request.setAttribute(RETURN_TO, decodePath(parts[1]));
    boolean answersOurs = state(parts[0]).equals(request.getParameter(OAuth2ParameterNames.STATE));
    return answersOurs ? authorizationRequest(parts[0], request) : null;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizationRequest expected = loadAuthorizationRequest(request);
    if (expected != null) {
      cookies.clear(request, response, Cookies.SIGN_IN);
    }
    return expected;
  }

  private OAuth2AuthorizationRequest authorizationRequest(
      String token, HttpServletRequest request) {
    String nonce = Tokens.derive(token, "nonce");
    String verifier = Tokens.derive(token, "code verifier");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(OidcParameterNames.NONCE, hash(nonce));
    parameters.put(PkceParameterNames.CODE_CHALLENGE, hash(verifier));
    parameters.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
    if (!settings.requiredAcr().isEmpty()) {
      // OpenID Connect Core §3.1.2.1: a wish; what came of it is checked when they are back.
      parameters.put("acr_values", String.join(" ", settings.requiredAcr()));
    }
    return OAuth2AuthorizationRequest.authorizationCode()
        .clientId(registration.getClientId())
        .authorizationUri(settings.browserEndpoint("auth"))
        .redirectUri(address.of(CALLBACK, request))
        .scopes(registration.getScopes())
        .state(state(token))
        .attributes(
            Map.of(
                OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId(),
                OidcParameterNames.NONCE, nonce,
                PkceParameterNames.CODE_VERIFIER, verifier))
        .additionalParameters(parameters)
        .build();
  }

  /// A path of this server; whatever could lead elsewhere becomes `/`.
  static String localPath(@Nullable String wanted) {
    boolean ours =
        wanted != null
            && wanted.length() <= LONGEST_PATH
            && wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.chars().allMatch(c -> c > ' ' && c != '\\' && c != 0x7f);
    return ours && wanted != null ? wanted : "/";
  }

  private static String state(String token) {
    return Tokens.derive(token, "state");
  }

  private static String decodePath(String encoded) {
    try {
      return localPath(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return "/";
    }
  }

  private static String hash(String value) {
    return Tokens.encode(Tokens.sha256(value));
  }
}
