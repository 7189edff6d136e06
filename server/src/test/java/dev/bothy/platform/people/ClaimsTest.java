package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

class ClaimsTest {
  private static final SignOnSettings SETTINGS =
      new SignOnSettings(
          URI.create("https://login.test/realms/test"),
          null,
          "bothy",
          null,
          "groups",
          "bothy-owners",
          "bothy-admins",
          "bothy-members",
          java.util.List.of(),
          Duration.ofHours(12),
          Duration.ofHours(2));

  @Test
  void aGroupPathCountsAsItsName() {
    assertThat(of(Map.of("groups", List.of("/bothy-admins", "bothy-members", 7))).groups())
        .containsExactlyInAnyOrder("bothy-admins", "bothy-members");
  }

  @Test
  void aClaimThatIsNoListGivesNoGroup() {
    assertThat(of(Map.of("groups", "bothy-owners")).groups()).isEmpty();
  }

  @Test
  void whoeverHasNoNameIsShownByUserNameAndElseBySubject() {
    assertThat(of(Map.of("preferred_username", "ada")).name()).isEqualTo("ada");
    assertThat(of(Map.of()).name()).isEqualTo("subject-1");
  }

  @Test
  void anAddressCountsOnlyIfTheIdentityProviderVerifiedIt() {
    assertThat(of(Map.of("email", "ada@example.test")).verifiedEmail()).isNull();
    assertThat(of(Map.of("email", "ada@example.test", "email_verified", true)).verifiedEmail())
        .isEqualTo("ada@example.test");
  }

  @Test
  void anOverlongNameIsCutToWhatTheTableHolds() {
    assertThat(of(Map.of("name", "x".repeat(500))).name()).hasSize(200);
  }

  private static Claims of(Map<String, Object> extra) {
    Map<String, Object> claims = new HashMap<>(extra);
    claims.put("sub", "subject-1");
    claims.put("iss", "https://login.test/realms/test");
    Instant issued = Instant.parse("2026-11-22T08:00:00Z");
    return Claims.of(new OidcIdToken("token", issued, issued.plusSeconds(60), claims), SETTINGS);
  }
}
