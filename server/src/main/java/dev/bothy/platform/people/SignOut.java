package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/// Signing out ends the session here first, whatever happens next, and then at the identity
/// provider (OpenID Connect RP-Initiated Logout 1.0), which sends the browser back to us. As no ID
/// token is kept to show, the identity provider asks the person to confirm.
@Component
class SignOut implements LogoutHandler, LogoutSuccessHandler {
  static final String PATH = "/sign-out";
  static final String AFTERWARDS = "/signed-out";

  private final Sessions sessions;
  private final SignOnLog log;
  private final Cookies cookies;
  private final SignOnSettings settings;
  private final PublicAddress address;

  SignOut(
      Sessions sessions,
      SignOnLog log,
      Cookies cookies,
      SignOnSettings settings,
      PublicAddress address) {
    this.sessions = sessions;
    this.log = log;
    this.cookies = cookies;
    this.settings = settings;
    this.address = address;
  }

  @Override
  public void logout(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication) {
    cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
    cookies.clear(request, response, Cookies.SESSION);
    if (authentication instanceof SignedIn signedIn) {
      log.signedOut(signedIn.person());
    }
  }

  @Override
  public void onLogoutSuccess(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Authentication authentication)
      throws IOException {
    response.sendRedirect(
        UriComponentsBuilder.fromUriString(settings.browserEndpoint("logout"))
            .queryParam("client_id", "{client}")
            .queryParam("post_logout_redirect_uri", "{back}")
            .encode()
            .buildAndExpand(settings.clientId(), address.of(AFTERWARDS, request))
            .toUriString());
  }
}
