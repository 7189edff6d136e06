package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class AccessTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Sessions sessions;
  @LocalServerPort int port;
  private Http http = new Http("");
  private Workspace workspace;
  private TestPeople.Someone ada;

  @BeforeEach
  void somebodySignedIn() {
    http = Http.onPort(port);
    workspace = TestWorkspaces.fresh(workspaces);
    ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/w/main", "/nowhere"})
  void aPageLeadsToSignInFirstAndBackAfterwards(String path) {
    HttpResponse<String> answer = http.page(path);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).endsWith("/sign-in?to=" + path.replace("/", "%2F"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/w/main", "/nowhere"})
  void aProgramWithoutASessionIsTold401(String path) {
    assertThat(http.get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void htmxWithoutASessionReloadsThePage() {
    HttpResponse<String> answer = http.get("/w/main", "HX-Request", "true");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("HX-Refresh")).contains("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/console/bothy.css", "/console/bothy.js", "/signed-out", "/sign-in/failed"})
  void whatSignInNeedsIsOpen(String path) {
    assertThat(http.page(path).statusCode()).isEqualTo(200);
  }

  @Test
  void signInAsksForACodeWithStateNonceAndProofKey() {
    HttpResponse<String> answer = http.page("/sign-in?to=/w/main");
    assertThat(location(answer))
        .contains("/protocol/openid-connect/auth?", "response_type=code")
        .contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("bothy-sign-in=")
        .contains("HttpOnly", "SameSite=Lax", "Max-Age=900");
  }

  @Test
  void anAnswerThatThisBrowserDidNotAskForSignsNobodyIn() {
    HttpResponse<String> answer = http.page("/sign-in/callback?code=x&state=y");
    assertThat(location(answer)).endsWith("/sign-in/failed?why=not-ours");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("bothy-session="));
  }

  @Test
  void aMemberSeesTheirWorkspace() {
    HttpResponse<String> answer = http.pageOf(ada.token(), "/w/" + workspace.slug());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Ada Lovelace", workspace.name());
  }

  @Test
  void anotherWorkspaceLooksLikeOneThatDoesNotExist() {
    Workspace other = TestWorkspaces.fresh(workspaces);
    HttpResponse<String> foreign = http.pageOf(ada.token(), "/w/" + other.slug());
    HttpResponse<String> missing = http.pageOf(ada.token(), "/w/no-such-place");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(withoutFormToken(foreign)).isEqualTo(withoutFormToken(missing));
  }

  /// It is masked anew for each answer.
  private static String withoutFormToken(HttpResponse<String> answer) {
    return answer.body().replaceAll("hx-headers=\"[^\"]*\"", "");
  }

  @Test
  void rolesCountFromTheNextRequestOn() {
    Workspace other = TestWorkspaces.fresh(workspaces);
    people.assign(other, ada.id(), Role.MEMBER);
    people.assign(workspace, ada.id());
    assertThat(http.pageOf(ada.token(), "/w/" + workspace.slug()).statusCode()).isEqualTo(404);
  }

  @Test
  void whoLosesTheirLastPlaceIsSignedOut() {
    people.assign(workspace, ada.id());
    assertThat(
            http.get("/w/" + workspace.slug(), "Cookie", "bothy-session=" + ada.token())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void whatNeedsARoleTellsWhoMay() {
    HttpResponse<String> answer = http.pageOf(ada.token(), "/w/" + workspace.slug() + "/audit");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("owner or admin or auditor");
  }

  @Test
  void aFormWithoutTheSessionsTokenIsRefused() {
    Map<String, String> dark = Map.of("theme", "dark");
    String cookie = "bothy-session=" + ada.token();
    assertThat(http.post("/theme", dark, "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(http.post("/theme", dark, "Cookie", cookie, "X-CSRF-TOKEN", "guess").statusCode())
        .isEqualTo(403);
    TestPeople.Someone other = people.stranger("Eve");
    assertThat(
            http.post("/theme", dark, "Cookie", cookie, "X-CSRF-TOKEN", other.csrf()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void signingOutEndsTheSessionHereAndLeadsToTheIdentityProvider() {
    HttpResponse<String> answer =
        http.post(
            "/sign-out", Map.of("_csrf", formToken()), "Cookie", "bothy-session=" + ada.token());
    assertThat(location(answer)).contains("/protocol/openid-connect/logout?client_id=");
    assertThat(sessions.find(ada.token())).isEmpty();
  }

  @Test
  void aForgedLogoutTokenEndsNothing() {
    HttpResponse<String> answer =
        http.post(
            "/sign-on/back-channel-logout", Map.of("logout_token", "eyJhbGciOiJub25lIn0.e30."));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(sessions.find(ada.token())).isPresent();
  }

  @Test
  void everyAnswerTellsTheBrowserHowLittleItMayDo() {
    HttpResponse<String> answer = http.page("/signed-out");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Permissions-Policy")).isPresent();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  private String formToken() {
    String page = http.pageOf(ada.token(), "/w/" + workspace.slug()).body();
    String before = "name=\"_csrf\" value=\"";
    int start = page.indexOf(before) + before.length();
    return page.substring(start, page.indexOf('"', start));
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
