package dev.bothy.platform.people;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/// The cookies of sign-on. Over https their names begin with `__Host-`, so that no other host and
/// no plain-http page can set them (RFC 6265bis §4.1.3.2); browsers refuse that name on a
/// plain-http loopback address, where it is left out.
@Component
class Cookies {
  static final String SESSION = "bothy-session";
  static final String SIGN_IN = "bothy-sign-in";

  private final InstallationSettings installation;

  Cookies(InstallationSettings installation) {
    this.installation = installation;
  }

  Optional<String> read(HttpServletRequest request, String name) {
    String wanted = fullName(request, name);
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(wanted)) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  void write(
      HttpServletRequest request,
      HttpServletResponse response,
      String name,
      String value,
      Duration lifetime) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(fullName(request, name), value)
            .httpOnly(true)
            .secure(isSecure(request))
            .sameSite("Lax")
            .path("/")
            .maxAge(lifetime)
            .build()
            .toString());
  }

  void clear(HttpServletRequest request, HttpServletResponse response, String name) {
    write(request, response, name, "", Duration.ZERO);
  }

  /// Whether the browser reached us by https, as far as settings or the request tell.
  boolean isSecure(HttpServletRequest request) {
    return installation.isServedOverHttps() || request.isSecure();
  }

  private String fullName(HttpServletRequest request, String name) {
    return isSecure(request) ? "__Host-" + name : name;
  }
}
