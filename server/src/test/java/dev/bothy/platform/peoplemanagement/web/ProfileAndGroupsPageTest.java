package dev.bothy.platform.peoplemanagement.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.ApiTokens;
import dev.bothy.platform.people.InstallationSettings;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Sessions;
import dev.bothy.platform.people.SignOnGroups;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// One's own profile, and the groups of the sign-on.
@BothyTest
class ProfileAndGroupsPageTest {
  @Autowired Workspaces workspaces;
  @Autowired SignOnGroups groups;
  @Autowired Sessions sessions;
  @Autowired ApiTokens tokens;
  @Autowired InstallationSettings installation;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private Workspace workspace;
  private String base = "";

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
    base = "/w/" + workspace.slug();
  }

  @Test
  void everybodySeesTheirTokensAndRevokesThem() {
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    Viewer viewer =
        new Viewer(ada.id(), ada.name(), workspace.id(), workspace.slug(), Set.of(Role.MEMBER));
    tokens.make(viewer, "deploys", Set.of("rotations:read"), null);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address(base));
      page.locator(".person summary").click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Profile")).click();
      page.getByText("this browser").waitFor();
      page.getByText("deploys").first().waitFor();
      Browser.screenshot(page, "profile-1280");
      button(page, "Revoke").click();
      page.getByText("The token is revoked.").waitFor();
      assertThat(tokens.of(viewer).getFirst().revokedAt()).isNotNull();
      page.getByText("Make a token").click();
      page.waitForURL("**/tokens");

      Page phone = browser.page(360, 740, ColorScheme.DARK);
      Browser.signIn(phone, address(""), ada.token());
      phone.navigate(address(base + "/profile"));
      Browser.screenshot(phone, "profile-360");
      assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void oneEndsOnesOwnSessionsAndNoOneElses() {
    TestPeople.Someone ada = people.signedIn(workspace, "Ada", Role.MEMBER);
    TestPeople.Someone bob = people.signedIn(workspace, "Bob", Role.MEMBER);
    String second = people.anotherSession(ada.id());
    UUID ofBob = sessions.of(bob.id()).getFirst().id();
    assertThat(post(ada, "/profile/sessions/" + ofBob + "/end", Map.of()).statusCode())
        .isEqualTo(404);
    assertThat(Http.onPort(port).pageOf(bob.token(), base).statusCode()).isEqualTo(200);
    assertThat(post(ada, "/profile/sessions/end-others", Map.of()).statusCode()).isEqualTo(302);
    assertThat(Http.onPort(port).pageOf(second, base).statusCode()).isNotEqualTo(200);
    assertThat(Http.onPort(port).pageOf(ada.token(), base + "/profile?done=sessions").body())
        .contains("The sessions have ended.", "this browser");
    assertThat(
            Http.onPort(port)
                .post(
                    base + "/profile/sessions/end-others",
                    Map.of(),
                    "Cookie",
                    "bothy-session=" + ada.token())
                .statusCode())
        .isEqualTo(403);
    assertThat(post(ada, "/profile/tokens/" + UUID.randomUUID() + "/revoke", Map.of()).statusCode())
        .isEqualTo(404);
    assertThat(
            post(
                    ada,
                    "/profile/accounts/unlink",
                    Map.of("connection", UUID.randomUUID().toString(), "account", "U1"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void anAdminLetsAGroupStandForARoleAndTakesItAway() {
    TestPeople.Someone admin = people.signedIn(workspace, "Grace Hopper", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address(base + "/people/groups"));
      page.getByText("No group stands for a role yet").waitFor();
      page.locator("#name").fill("/platform team");
      page.locator("input[value=AGENT]").check();
      button(page, "Keep this group").click();
      page.getByText("The group is kept.").waitFor();
      page.getByText("platform team").first().waitFor();
      Browser.screenshot(page, "groups-1280");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change platform team"))
          .click();
      assertThat(page.locator("input[value=AGENT]").isChecked()).isTrue();
      page.locator("summary:has-text('Remove')").click();
      button(page, "Remove this group").click();
      page.getByText("The group stands for nothing any more.").waitFor();
      Page phone = browser.page(360, 740, ColorScheme.LIGHT);
      Browser.signIn(phone, address(""), admin.token());
      phone.navigate(address(base + "/people/groups"));
      Browser.screenshot(phone, "groups-360");
      assertThat(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onlyAnOwnerLetsAGroupStandForOwnerAndNothingHalfIsKept() {
    TestPeople.Someone admin = people.signedIn(workspace, "Grace", Role.ADMIN);
    TestPeople.Someone owner = people.signedIn(workspace, "Olga", Role.OWNER);
    TestPeople.Someone auditor = people.signedIn(workspace, "Alan", Role.AUDITOR);
    refused(
        post(admin, "/people/groups", Map.of("name", "chiefs", "role", "OWNER")), "only an owner");
    refused(post(admin, "/people/groups", Map.of("name", " ", "role", "AGENT")), "1 to 200");
    refused(post(admin, "/people/groups", Map.of("name", "team")), "tick at least one role");
    assertThat(workspaces.inWorkspace(workspace.id(), groups::list)).isEmpty();
    assertThat(
            post(owner, "/people/groups", Map.of("name", "chiefs", "role", "OWNER")).statusCode())
        .isEqualTo(302);
    refused(post(admin, "/people/groups/remove", Map.of("name", "chiefs")), "only an owner");
    assertThat(post(auditor, "/people/groups", Map.of("name", "x", "role", "AGENT")).statusCode())
        .isEqualTo(403);
    assertThat(Http.onPort(port).pageOf(auditor.token(), base + "/people/groups").body())
        .contains("chiefs")
        .doesNotContain("Keep this group");
  }

  @Test
  void theFirstWorkspaceShowsTheGroupsOfTheSettings() {
    Workspace first = workspaces.bySlug(installation.workspaceSlug()).orElseThrow();
    TestPeople.Someone admin = people.signedIn(first, "Grace", Role.ADMIN);
    assertThat(
            Http.onPort(port).pageOf(admin.token(), "/w/" + first.slug() + "/people/groups").body())
        .contains("bothy-owners", "by the installation");
  }

  @Test
  void aSignInThatWasTooWeakSaysWhatToDo() {
    assertThat(Http.onPort(port).page("/sign-in/failed?why=too-weak").body())
        .contains("Set up a second factor");
  }

  private static void refused(HttpResponse<String> answer, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("Nothing was changed", words);
  }

  private HttpResponse<String> post(
      TestPeople.Someone who, String below, Map<String, String> fields) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("_csrf", who.csrf());
    return Http.onPort(port).post(base + below, all, "Cookie", "bothy-session=" + who.token());
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
