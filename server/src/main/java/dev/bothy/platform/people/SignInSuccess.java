package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
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
  private final Workspaces workspaces;
  private final Cookies cookies;
  private final SignOnSettings signOn;
  private final InstallationSettings installation;

  SignInSuccess(
      People people,
      Sessions sessions,
      SignOnLog log,
      Workspaces workspaces,
      Cookies cookies,
      SignOnSettings signOn,
      InstallationSettings installation) {
    this.people = people;
    this.sessions = sessions;
    this.log = log;
    this.workspaces = workspaces;
    this.cookies = cookies;
    this.signOn = signOn;
    this.installation = installation;
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    if (!(authentication.getPrincipal() instanceof OidcUser user)) {
      throw new IllegalStateException("A sign-in without an ID token");
    }
    Claims claims = Claims.of(user.getIdToken(), signOn);
    PersonId person = people.signedIn(claims);
    Workspace first = workspaces.create(installation.workspaceSlug(), installation.workspaceName());
    people.assign(first.id(), person, GroupRoles.of(claims, signOn, installation));
    cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
    String token = sessions.open(person, claims.sid(), claims.acr());
    log.signedIn(person);
    cookies.write(request, response, Cookies.SESSION, token, signOn.sessionLifetime());
    response.sendRedirect(
        SignInRequests.localPath((String) request.getAttribute(SignInRequests.RETURN_TO)));
  }
}
