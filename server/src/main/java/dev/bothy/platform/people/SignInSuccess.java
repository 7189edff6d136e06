package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/// The identity provider has said who it is: note the person, give the roles that their groups
/// stand for, and open a session with a new token.
@Component
class SignInSuccess implements AuthenticationSuccessHandler {
  private final People people;
  private final Sessions sessions;
  private final SignOnLog log;
  private final SignOnPlaces places;
  private final Cookies cookies;
  private final SignOnSettings signOn;

  SignInSuccess(
      People people,
      Sessions sessions,
      SignOnLog log,
      SignOnPlaces places,
      Cookies cookies,
      SignOnSettings signOn) {
    this.people = people;
    this.sessions = sessions;
    this.log = log;
    this.places = places;
    this.cookies = cookies;
    this.signOn = signOn;
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    if (!(authentication.getPrincipal() instanceof OidcUser user)) {
      throw new IllegalStateException("A sign-in without an ID token");
    }
    Claims claims = Claims.of(user.getIdToken(), signOn);
    if (!signOn.isStrongEnough(claims.acr())) {
      response.sendRedirect("/sign-in/failed?why=" + SignInFailure.TOO_WEAK);
      return;
    }
    PersonId person = people.signedIn(claims);
    places.give(person, claims);
    cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
    String token = sessions.open(person, claims.sid(), claims.acr(), Browsers.describe(request));
    log.signedIn(person);
    cookies.write(request, response, Cookies.SESSION, token, signOn.sessionLifetime());
    response.sendRedirect(
        SignInRequests.localPath((String) request.getAttribute(SignInRequests.RETURN_TO)));
  }
}
