package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/// Tells Spring Security who makes a request: whoever the session cookie's row says.
@Component
class SessionContext implements SecurityContextRepository {
  private final Sessions sessions;
  private final Cookies cookies;

  SessionContext(Sessions sessions, Cookies cookies) {
    this.sessions = sessions;
    this.cookies = cookies;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it.
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    SecurityContextImpl context = new SecurityContextImpl();
    cookies
        .read(holder.getRequest(), Cookies.SESSION)
        .flatMap(token -> sessions.find(token, isSomebodyThere(holder.getRequest())))
        .ifPresent(session ->
            context.setAuthentication(new SignedIn(session.person(), session.name(), session)));
    return context;
  }

  /// A page that is left open asks for its stream again and again; nobody need be there.
  private static boolean isSomebodyThere(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept == null || !accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
  }

  /// Nothing to save: [SignInSuccess] opens the session, sign-out ends it.
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return cookies.read(request, Cookies.SESSION).isPresent();
  }
}
