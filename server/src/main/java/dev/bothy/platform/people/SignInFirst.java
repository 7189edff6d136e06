package dev.bothy.platform.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/// A request that needs somebody and has nobody: a page leads to sign-in and comes back afterwards,
/// anything else is told 401.
@Component
class SignInFirst implements AuthenticationEntryPoint {
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    if ("true".equals(request.getHeader("HX-Request"))) {
      // htmx then loads the whole page anew, which leads to sign-in.
      response.setHeader("HX-Refresh", "true");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    } else if (wantsPage(request)) {
      response.sendRedirect(
          UriComponentsBuilder.fromPath(SignInRequests.START)
              .queryParam("to", "{to}")
              .encode()
              .buildAndExpand(pathAndQuery(request))
              .toUriString());
    } else {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET") && accept != null && accept.contains("text/html");
  }

  private static String pathAndQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }
}
