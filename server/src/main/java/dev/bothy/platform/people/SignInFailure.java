package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/// A sign-in that came to nothing: sends the person to a page that says what to do next. The
/// console has that page, at `/sign-in/failed?why=` with one of the words below.
@Component
class SignInFailure implements AuthenticationFailureHandler {
  /// The answer belongs to no sign-in that this browser has open: another tab, too late, or forged.
  static final String NOT_OURS = "not-ours";

  /// The identity provider, or the person there, said no.
  static final String REFUSED = "refused";

  /// The identity provider could not be asked, or its answer could not be believed.
  static final String UNAVAILABLE = "unavailable";

  /// The identity provider signed somebody in, by weaker means than the settings ask for.
  static final String TOO_WEAK = "too-weak";

  private static final Logger LOG = LoggerFactory.getLogger(SignInFailure.class);

  /// Spring Security's codes for an answer without a request.
  private static final Set<String> WITHOUT_REQUEST =
      Set.of("authorization_request_not_found", "invalid_state_parameter", "invalid_nonce");

  /// RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6.
  private static final Set<String> SAID_NO =
      Set.of("access_denied", "login_required", "consent_required", "interaction_required");

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    String code =
        failure instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : failure.getClass().getSimpleName();
    String why =
        WITHOUT_REQUEST.contains(code) ? NOT_OURS : SAID_NO.contains(code) ? REFUSED : UNAVAILABLE;
    if (why.equals(UNAVAILABLE)) {
      LOG.warn("A sign-in failed with {}", code, failure);
    }
    response.sendRedirect("/sign-in/failed?why=" + why);
  }
}
