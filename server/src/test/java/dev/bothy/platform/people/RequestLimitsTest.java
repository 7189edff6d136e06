package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.api.ProblemWriter;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import dev.bothy.platform.limits.Rate;
import dev.bothy.testkit.BothyTest;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.web.client.ResourceAccessException;

/// The tiers of limits, each with the others wide open.
@BothyTest
class RequestLimitsTest {
  private static final Rate WIDE = Rate.valueOf("1000000/1h");

  /// Nobody else's rate, so that its counts are this test's alone.
  private static final Rate THREE = Rate.valueOf("3/3601s");

  private static final AtomicInteger HOSTS = new AtomicInteger();

  @Autowired Limits limits;
  @Autowired ProblemWriter problems;

  private final String path = "/api/v1/" + UUID.randomUUID().toString().replaceAll("\\d", "x");

  @AfterEach
  void nobody() {
    SecurityContextHolder.clearContext();
  }

  private static String newAddress() {
    int host = HOSTS.incrementAndGet();
    return "198.51." + host / 250 + "." + (host % 250 + 1);
  }

  private static LimitSettings only(String tier) {
    return new LimitSettings(
        tier.equals("api-global") ? THREE : WIDE,
        tier.equals("api-address") ? THREE : WIDE,
        tier.equals("api-person") ? THREE : WIDE,
        tier.equals("api-route") ? THREE : WIDE,
        tier.equals("scim-address") ? THREE : WIDE,
        tier.equals("scim-directory") ? THREE : WIDE,
        Rate.valueOf("5/15m"),
        Rate.valueOf("10/5m"));
  }

  private MockHttpServletResponse ask(
      LimitSettings rates, String address, @Nullable PersonId person, String asked)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", asked);
    request.setRemoteAddr(address);
    request.addHeader("Authorization", "Bearer directory-" + address);
    SecurityContextHolder.clearContext();
    if (person != null) {
      SecurityContextHolder.getContext().setAuthentication(new SignedIn(person, "Ada", null));
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    new RequestLimits(limits, rates, problems).doFilter(request, response, new MockFilterChain());
    return response;
  }

  @ParameterizedTest
  @CsvSource({
    "api-global, false, false, false",
    "api-address, true, false, false",
    "api-person, false, true, false",
    "api-route, false, false, true"
  })
  void theFourthOfATierIsRefusedAndToldWhen(
      String tier, boolean sameAddress, boolean samePerson, boolean sameRoute) throws Exception {
    LimitSettings rates = only(tier);
    String address = newAddress();
    PersonId person = new PersonId(UUID.randomUUID());
    for (int time = 1; time <= 4; time++) {
      MockHttpServletResponse answer =
          ask(
              rates,
              sameAddress ? address : newAddress(),
              samePerson ? person : new PersonId(UUID.randomUUID()),
              sameRoute ? path + "/" + time : path + "/" + "x".repeat(time));
      if (time < 4) {
        assertThat(answer.getStatus()).isEqualTo(200);
      } else {
        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(Long.parseLong(String.valueOf(answer.getHeader("Retry-After"))))
            .isBetween(3000L, 3800L);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(answer.getContentAsString())
            .contains("\"code\":\"people.too-many-requests\"", tier + " (3 in 3601 s)");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"scim-address", "scim-directory"})
  void scimSaysItInItsOwnForm(String tier) throws Exception {
    LimitSettings rates = only(tier);
    String address = newAddress();
    for (int time = 0; time < 3; time++) {
      assertThat(ask(rates, address, null, "/scim/v2/Users").getStatus()).isEqualTo(200);
    }
    MockHttpServletResponse answer = ask(rates, address, null, "/scim/v2/Users");
    assertThat(answer.getStatus()).isEqualTo(429);
    assertThat(answer.getContentType()).isEqualTo("application/scim+json");
    assertThat(answer.getHeader("Retry-After")).isNotNull();
    assertThat(answer.getContentAsString())
        .contains("urn:ietf:params:scim:api:messages:2.0:Error", "\"status\":\"429\"", tier);
    assertThat(ask(rates, newAddress(), null, "/scim/v2/Users").getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/me, GET /api/v1/me",
    "/api/v1/workspaces/main/rotations, GET /api/v1/workspaces/*/rotations",
    "/api/v1/workspaces/main/rotations/0198c2f0-aaaa-7000-8000-000000000001/pause,"
        + " GET /api/v1/workspaces/*/rotations/*/pause",
    "/api/v1/workspaces/keys/keys/platform/rotate, GET /api/v1/workspaces/*/keys/platform/rotate",
    "//api/v1//me/, GET /api/v1/me",
    "/api/a/b/c/d/e/f/g/h/i/j/k/l, GET /api/a/b/c/d/e/f/g/h/i"
  })
  void anOperationIsCountedWithoutNamesAndIds(String asked, String route) {
    assertThat(RequestLimits.route("GET", asked)).isEqualTo(route);
  }

  @Test
  void anAccountSignsInTenTimesFromAnAddressAndFromAnotherStill() throws Exception {
    String address = newAddress();
    for (int time = 1; time <= 11; time++) {
      assertThat(signIn(address, "ada")).isEqualTo(time <= 10 ? 200 : 429);
    }
    assertThat(signIn(address, "ben")).isEqualTo(200);
    assertThat(signIn(newAddress(), "ada")).isEqualTo(200);
  }

  private int signIn(String address, String account) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    MockHttpServletResponse response = new MockHttpServletResponse();
    AtomicInteger done = new AtomicInteger();
    new SignInLimits(limits, only("none"))
        .beforeSuccess((_, _, _) -> done.incrementAndGet())
        .onAuthenticationSuccess(
            request, response, new TestingAuthenticationToken(account, "none"));
    assertThat(done.get()).isEqualTo(response.getStatus() == 200 ? 1 : 0);
    return response.getStatus();
  }

  @Test
  void whatTheIdentityProviderIsToBlameForDoesNotCount() throws Exception {
    String address = newAddress();
    for (int time = 0; time < 6; time++) {
      fail(
          address,
          new OAuth2AuthenticationException(
              new org.springframework.security.oauth2.core.OAuth2Error("invalid_token_response"),
              new ResourceAccessException("refused")));
      fail(address, new OAuth2AuthenticationException("temporarily_unavailable"));
    }
    assertThat(begin(address)).isEqualTo(200);
    for (int time = 0; time < 5; time++) {
      assertThat(begin(address)).isEqualTo(200);
      fail(address, new OAuth2AuthenticationException("invalid_grant"));
    }
    assertThat(begin(address)).isEqualTo(429);
    assertThat(begin(newAddress())).isEqualTo(200);
  }

  private void fail(String address, OAuth2AuthenticationException why) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(address);
    AtomicInteger told = new AtomicInteger();
    new SignInLimits(limits, only("none"))
        .beforeFailure((_, _, _) -> told.incrementAndGet())
        .onAuthenticationFailure(request, new MockHttpServletResponse(), why);
    assertThat(told.get()).isOne();
  }

  private int begin(String address) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/sign-in");
    request.setServletPath("/sign-in");
    request.setRemoteAddr(address);
    MockHttpServletResponse response = new MockHttpServletResponse();
    new SignInLimits(limits, only("none"))
        .filter()
        .doFilter(request, response, new MockFilterChain());
    return response.getStatus();
  }
}
