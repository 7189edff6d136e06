package dev.bothy.platform.people;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/// What the identity provider says about somebody who signs in, in the shape that is stored.
///
/// @param verifiedEmail only to find the first owner; kept as the member's address where no
///   directory describes them
/// @param groups without the leading `/` of a Keycloak group path
/// @param sid the identity provider's session, which a back-channel logout names
/// @param acr how strongly the person proved who they are, as the identity provider names it
record Claims(
    String issuer,
    String subject,
    String name,
    String username,
    @Nullable String verifiedEmail,
    Set<String> groups,
    @Nullable String sid,
    @Nullable String acr) {
  private static final int LONGEST_NAME = 200;

  /// What a token says that has passed every check of OpenID Connect Core §3.1.3.7.
  static Claims of(OidcIdToken token, SignOnSettings settings) {
    String subject = Objects.requireNonNull(token.getSubject());
    String username = shorten(firstText(token.getPreferredUsername(), subject));
    boolean verified = Boolean.TRUE.equals(token.getEmailVerified());
    return new Claims(
        settings.issuer().toString(),
        subject,
        shorten(firstText(token.getFullName(), username)),
        username,
        verified ? token.getEmail() : null,
        groups(token.getClaim(settings.groupsClaim())),
        token.getClaimAsString("sid"),
        token.getClaimAsString("acr"));
  }

  /// Whether this is the person whom the installation names as its first owner.
  boolean isKnownAs(@Nullable String userNameOrEmail) {
    if (userNameOrEmail == null || userNameOrEmail.isBlank()) {
      return false;
    }
    String wanted = userNameOrEmail.strip().toLowerCase(Locale.ROOT);
    return wanted.equals(username.toLowerCase(Locale.ROOT))
        || (verifiedEmail != null && wanted.equals(verifiedEmail.toLowerCase(Locale.ROOT)));
  }

  private static Set<String> groups(@Nullable Object claim) {
    Set<String> names = new TreeSet<>();
    if (claim instanceof Collection<?> values) {
      for (Object value : values) {
        if (value instanceof String name) {
          names.add(name.startsWith("/") ? name.substring(1) : name);
        }
      }
    }
    return names;
  }

  private static String firstText(@Nullable String wanted, String otherwise) {
    return wanted == null || wanted.isBlank() ? otherwise : wanted.strip();
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
  }
}
