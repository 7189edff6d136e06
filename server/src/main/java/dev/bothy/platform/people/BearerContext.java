package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/// Tells Spring Security who asks the API: whoever the token is of, or, without one, whoever is
/// signed in. A request with an `Authorization` of any kind is its token's alone: a wrong one never
/// falls back to the session.
@Component
class BearerContext implements SecurityContextRepository {
  private static final String SCHEME = "Bearer ";

  private final ApiTokens tokens;
  private final SessionContext sessions;

  BearerContext(ApiTokens tokens, SessionContext sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /// Whether the request proves itself by `Authorization`, well or not.
  static boolean isMeant(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it.
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    if (!isMeant(holder.getRequest())) {
      return sessions.loadContext(holder);
    }
    SecurityContextImpl context = new SecurityContextImpl();
    token(holder.getRequest().getHeader(HttpHeaders.AUTHORIZATION))
        .flatMap(tokens::find)
        .ifPresent(context::setAuthentication);
    return context;
  }

  private static Optional<String> token(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /// Nothing to save.
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return isMeant(request) || sessions.containsContext(request);
  }
}
