package dev.bothy.platform.scim.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.scim.Directories;
import dev.bothy.platform.scim.GroupRoleMapping;
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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// The page of the directories, as those see it who run the workspace.
@BothyTest
class DirectoryPageTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired People everybody;
  @Autowired Directories directories;
  @Autowired GroupRoleMapping mapping;
  @LocalServerPort int port;

  @Test
  void anAdminConnectsADirectoryAndSaysWhatItsGroupsStandFor() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Directory").setExact(true))
          .click();
      page.getByText("No directory is connected").waitFor();
      Browser.screenshot(page, "directory-empty-1280");
      page.getByLabel("Name").fill("Entra ID");
      page.keyboard().press("Enter");
      page.getByText("The token is shown this once").waitFor();
      String token = page.locator("#token").inputValue();
      assertThat(token).matches("bothy_scim_[A-Za-z0-9_-]{43}");
      assertThat(page.locator("#address").inputValue()).endsWith("/scim/v2");
      Browser.screenshot(page, "directory-token-1280");

      String user = send(token, "/Users", "core:2.0:User\"],\"userName\":\"bo-" + workspace.slug());
      send(token, "/Users", "core:2.0:User\"],\"userName\":\"bo-" + workspace.slug());
      String body =
          "core:2.0:Group\"],\"members\":[{\"value\":\"" + user + "\"}],\"displayName\":\"";
      send(token, "/Groups", body + "Support");

      page.navigate(address("/w/" + workspace.slug() + "/directory"));
      page.getByText("A user with this userName exists already.").waitFor();
      assertThat(page.content()).doesNotContain(token);
      page.getByLabel("Change the roles of Support").click();
      assertThat(page.getByLabel("owner").count()).isZero();
      page.getByLabel("agent").check();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
      page.getByText("The group's members have these roles now.").waitFor();
      assertThat(page.locator("td .badge.accent").allTextContents()).containsExactly("agent");
      Browser.screenshot(page, "directory-1280");

      Page phone = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(phone, address(""), admin.token());
      phone.navigate(address("/w/" + workspace.slug() + "/directory"));
      Browser.screenshot(phone, "directory-390-dark");
      assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);

      Locator revoke = page.getByText("Revoke…");
      revoke.focus();
      page.keyboard().press("Enter");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke it now")).click();
      page.getByText("The token has ended").waitFor();
      page.getByText("no valid token").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onlyThoseWhoRunTheWorkspaceSeeIt() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    Http http = Http.onPort(port);
    String path = "/w/" + workspace.slug() + "/directory";
    TestPeople.Someone member = people.signedIn(workspace, "Bo", Role.MEMBER);
    TestPeople.Someone auditor = people.signedIn(workspace, "Cy", Role.AUDITOR);
    assertThat(http.pageOf(member.token(), path).statusCode()).isEqualTo(403);
    HttpResponse<String> seen = http.pageOf(auditor.token(), path);
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.body()).doesNotContain("id=\"connect\"");
    assertThat(connect(auditor, path, "Okta").statusCode()).isEqualTo(403);
  }

  @Test
  void aNameIsGivenOnceAndATokenIsKeptNowhere() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone owner = people.signedIn(workspace, "Olga", Role.OWNER);
    String path = "/w/" + workspace.slug() + "/directory";
    HttpResponse<String> connected = connect(owner, path, "Okta");
    assertThat(connected.body()).contains("bothy_scim_");
    assertThat(connected.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(connected.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(connect(owner, path, "Okta").body()).contains("Another directory has this name.");
    assertThat(connect(owner, path, " ").body()).contains("A name has 1 to 80 characters.");
  }

  @Test
  void whereAGroupStandsForOwnerOnlyAnOwnerMakesATokenOfTheDirectory() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone owner = people.signedIn(workspace, "Olga", Role.OWNER);
    TestPeople.Someone admin = people.signedIn(workspace, "Adam", Role.ADMIN);
    Directories.Connected connected =
        workspaces.inWorkspace(
            workspace.id(), () -> directories.connect("Okta", owner.id()).orElseThrow());
    String path = "/w/" + workspace.slug() + "/directory/" + connected.directory() + "/token";
    assertThat(connect(admin, path, "").statusCode()).isEqualTo(200);
    String group =
        send(connected.token(), "/Groups", "core:2.0:Group\"],\"displayName\":\"Founders");
    Viewer viewer = everybody.viewer(owner.id(), "Olga", workspace.slug()).orElseThrow();
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            mapping.map(viewer, connected.directory(), UUID.fromString(group), Set.of(Role.OWNER)));
    HttpResponse<String> refused = connect(admin, path, "");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("bothy_scim_");
    assertThat(connect(owner, path, "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> connect(TestPeople.Someone by, String path, String name) {
    return Http.onPort(port)
        .post(
            path,
            Map.of("name", name, "_csrf", by.csrf()),
            "Cookie",
            "bothy-session=" + by.token());
  }

  /// Posts a resource, whose last text is left open.
  private String send(String token, String path, String open) {
    HttpResponse<String> answer =
        Http.onPort(port)
            .postJson(
                "/scim/v2" + path,
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:" + open + "\"}",
                "Authorization",
                "Bearer " + token);
    return JsonMapper.shared().readTree(answer.body()).path("id").asString();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
