package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/// The token that shows that a form came from our own page. It is derived from the session's
/// cookie, so it needs no cookie or row of its own and ends with the session.
@Component
class SessionCsrf implements CsrfTokenRepository {
  static final String HEADER = "X-CSRF-TOKEN";
  static final String PARAMETER = "_csrf";

  private final Cookies cookies;

  SessionCsrf(Cookies cookies) {
    this.cookies = cookies;
  }

  /// For a request without a session: a token that no later request can match.
  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return new DefaultCsrfToken(HEADER, PARAMETER, Tokens.random());
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return cookies
        .read(request, Cookies.SESSION)
        .filter(Tokens::isWellFormed)
        .map(token ->
            new DefaultCsrfToken(HEADER, PARAMETER, Tokens.derive(token, "form of this session")))
        .orElse(null);
  }
}
