package dev.bothy.platform.console.web;

import dev.bothy.platform.people.SignedIn;
import java.util.Locale;
import org.springframework.security.core.context.SecurityContextHolder;

/// Whether pages are light or dark, as the person chose.
enum Theme {
  /// As the browser's or system's own setting says.
  AUTO,
  /// Light, whatever the system says.
  LIGHT,
  /// Dark, whatever the system says.
  DARK;

  /// The word in the database, the form and the page's `data-theme`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As whoever makes this request chose; [#AUTO] for nobody.
  static Theme ofRequest() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
        ? of(signedIn.theme())
        : AUTO;
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
