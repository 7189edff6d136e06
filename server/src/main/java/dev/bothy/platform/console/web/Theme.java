package dev.bothy.platform.console.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.web.util.WebUtils;

/// Whether pages are light or dark, as this browser's person chose.
enum Theme {
  /// As the browser's or system's own setting says.
  AUTO,
  /// Light, whatever the system says.
  LIGHT,
  /// Dark, whatever the system says.
  DARK;

  static final String COOKIE = "bothy-theme";

  /// The word in the cookie, the form and the page's `data-theme`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Theme of(HttpServletRequest request) {
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    return cookie == null ? AUTO : of(cookie.getValue());
  }

  /// The theme of this word; [#AUTO] for any other.
  static Theme of(String word) {
    for (Theme theme : values()) {
      if (theme.word().equals(word)) {
        return theme;
      }
    }
    return AUTO;
  }
}
