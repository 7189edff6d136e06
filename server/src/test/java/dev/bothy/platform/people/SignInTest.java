package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestKeycloak;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Signing in and out in a real browser through a real Keycloak.
@BothyTest
class SignInTest {
  @Autowired Sessions sessions;
  @Autowired InstallationSettings installation;
  @Autowired TestClock clock;
  @LocalServerPort int port;
  private Optional<TestKeycloak> keycloak = Optional.empty();

  @BeforeEach
  void realm() {
    keycloak = Optional.of(TestKeycloak.shared(port));
  }

  @AfterEach
  void backToNow() {
    clock.reset();
  }

  @ParameterizedTest
  @CsvSource({"alice, Alice Arden, owner", "bob, Bob Birk, admin", "chen, Chen Chu, member"})
  void groupsDecideWhatSomebodyIs(String username, String name, String role) {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      signIn(page, "/", username);
      assertThat(page.url()).isEqualTo(address("/w/" + installation.workspaceSlug()));
      page.locator(".person summary").click();
      assertThat(page.locator(".person").textContent()).contains(name, role);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void afterSignInOneIsWhereOneWantedToBe() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      String wanted = "/w/" + installation.workspaceSlug() + "/audit?what=people.signed-in";
      signIn(page, wanted, "alice");
      assertThat(page.url()).isEqualTo(address(wanted));
      assertThat(page.locator("table").textContent()).contains("Alice Arden");
    }
  }

  @Test
  void theCookieIsNewAndOutOfReachOfScripts() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      String planted = Tokens.random();
      Browser.signIn(page, address(""), planted);
      signIn(page, "/", "alice");
      Cookie cookie = sessionCookie(page).orElseThrow();
      assertThat(cookie.value).isNotEqualTo(planted);
      assertThat(sessions.find(planted)).isEmpty();
      assertThat(cookie.httpOnly).isTrue();
      assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
      assertThat(page.context().cookies()).noneMatch(left -> left.name.equals("bothy-sign-in"));
    }
  }

  @Test
  void signingOutEndsBothSessions() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      signIn(page, "/", "alice");
      String token = sessionCookie(page).orElseThrow().value;
      page.locator(".person summary").click();
      page.getByText("Sign out").click();
      page.locator("#kc-logout").click();
      page.waitForURL(address("/signed-out"));
      assertThat(sessions.find(token)).isEmpty();
      assertThat(sessionCookie(page)).isEmpty();
      page.getByText("Sign in again").click();
      page.locator("#username").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whoIsSignedOutAtTheIdentityProviderIsSignedOutHere() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      signIn(page, "/", "bob");
      String token = sessionCookie(page).orElseThrow().value;
      assertThat(sessions.find(token)).isPresent();
      page.navigate(
          keycloak.orElseThrow().issuer()
              + "/protocol/openid-connect/logout?client_id=bothy-console");
      page.locator("#kc-logout").click();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(sessions.find(token)).isEmpty());
    }
  }

  @Test
  void anExpiredSessionIsRenewedWhileTheIdentityProviderStillKnowsThePerson() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      signIn(page, "/", "alice");
      String before = sessionCookie(page).orElseThrow().value;
      clock.advance(Duration.ofHours(3));
      page.navigate(address("/"));
      page.waitForURL(address("/w/" + installation.workspaceSlug()));
      assertThat(sessionCookie(page).orElseThrow().value).isNotEqualTo(before);
    }
  }

  @Test
  void theHomePageSaysThatSignOnAnswers() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      signIn(page, "/", "alice");
      // What was asked before Keycloak ran is stale by now.
      clock.advance(Duration.ofMinutes(1));
      page.reload();
      page.getByText("Keycloak answers.").waitFor();
      Browser.screenshot(page, "home-signed-in");
    }
  }

  private void signIn(Page page, String path, String username) {
    page.navigate(address(path));
    page.locator("#username").fill(username);
    page.locator("#password").fill(TestKeycloak.PASSWORD);
    page.locator("#kc-login").click();
    page.locator(".person").waitFor();
  }

  private static Optional<Cookie> sessionCookie(Page page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.name.equals("bothy-session"))
        .findFirst();
  }

  private String address(String path) {
    return "http://localhost:" + port + path;
  }
}
