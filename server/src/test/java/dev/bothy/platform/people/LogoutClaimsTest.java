package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.Jwt;

/// OpenID Connect Back-Channel Logout 1.0 §2.6, claim by claim.
class LogoutClaimsTest {
  private static final String ISSUER = "https://login.test/realms/test";
  private static final BackChannelLogout.LogoutClaims RULES =
      new BackChannelLogout.LogoutClaims(ISSUER, "bothy");

  @Test
  void aTokenWithASessionOrASubjectIsGenuine() {
    assertThat(accepts(claims -> claims.remove("sub"))).isTrue();
    assertThat(accepts(claims -> claims.remove("sid"))).isTrue();
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw("another issuer", claims -> claims.put("iss", "https://evil.test/realms/test")),
        flaw("no issuer", claims -> claims.remove("iss")),
        flaw("another audience", claims -> claims.put("aud", List.of("other"))),
        flaw("no audience", claims -> claims.remove("aud")),
        flaw("no time of issue", claims -> claims.remove("iat")),
        flaw("no expiry", claims -> claims.remove("exp")),
        flaw("no id", claims -> claims.remove("jti")),
        flaw("no events", claims -> claims.remove("events")),
        flaw("another event", claims -> claims.put("events", Map.of("other", Map.of()))),
        flaw(
            "an event that is no object",
            claims -> claims.put("events", Map.of(BackChannelLogout.EVENT, "yes"))),
        flaw("a nonce, as an ID token has", claims -> claims.put("nonce", "n")),
        flaw(
            "neither session nor subject",
            claims -> {
              claims.remove("sid");
              claims.remove("sub");
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void aTokenWithAFlawIsRefused(String flaw, Consumer<Map<String, Object>> change) {
    assertThat(accepts(change)).isFalse();
  }

  private static Arguments flaw(String name, Consumer<Map<String, Object>> change) {
    return Arguments.of(name, change);
  }

  private static boolean accepts(Consumer<Map<String, Object>> change) {
    Instant issued = Instant.parse("2026-11-22T08:00:00Z");
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", List.of("bothy"));
    claims.put("iat", issued);
    claims.put("exp", issued.plusSeconds(120));
    claims.put("jti", "1");
    claims.put("sub", "subject-1");
    claims.put("sid", "session-1");
    claims.put("events", Map.of(BackChannelLogout.EVENT, Map.of()));
    change.accept(claims);
    Jwt token =
        Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .claims(all -> all.putAll(claims))
            .build();
    return !RULES.validate(token).hasErrors();
  }
}
