package dev.bothy.platform.keymanagement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.keymanagement.KeyDestruction;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The keys of a workspace, as those see them who run it.
@BothyTest
class KeysPageTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections slackConnections;
  @Autowired KeyDestructions destructions;
  @Autowired DataKeys dataKeys;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();

  @Test
  void anOwnerRenewsAndDestroysKeysAndGetsAReceipt() {
    Workspace workspace = withASecret();
    TestPeople.Someone owner = people.signedIn(workspace, "Ada Lovelace", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), owner.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Keys").setExact(true))
          .click();
      page.getByText("The workspace itself").waitFor();
      page.getByText("connection secrets").waitFor();
      assertThat(button(page, "Rotate the wrapping key").count()).isZero();

      button(page, "New data key").click();
      page.getByText("There is a new data key").waitFor();
      page.getByText("Sealing anew under version 2: 0 of 1 rows").waitFor();
      Browser.screenshot(page, "keys-1280");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Destroy these keys…"))
          .click();
      page.getByText("There is no way back").waitFor();
      page.locator("#typed").fill("platform");
      button(page, "Destroy these keys for good").click();
      page.getByText("Type " + workspace.slug() + "/platform to destroy these keys.").waitFor();
      Browser.screenshot(page, "keys-destroy-1280");
      page.locator("#typed").fill(workspace.slug() + "/platform");
      button(page, "Destroy these keys for good").click();
      page.getByText("The data keys are gone. The receipt").waitFor();
      // The page renews itself while something is under way.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> destroyed(workspace).stream().allMatch(each -> each.destroyedAt() != null));
      page.navigate(address("/w/" + workspace.slug() + "/keys"));
      page.getByText("none: all were destroyed").waitFor();
      Browser.screenshot(page, "keys-destroyed-1280");
      assertThat(
              page.waitForDownload(() ->
                      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"))
                          .click())
                  .suggestedFilename())
          .startsWith("key-receipt-");

      for (String path : List.of("", "/sandbox", "/slack", "/dead-letters", "/rotations")) {
        assertThat(page.navigate(address("/w/" + workspace.slug() + path)).status())
            .as("the rest of the console, " + path)
            .isEqualTo(200);
      }
      page.navigate(address("/w/" + workspace.slug() + "/slack"));
      page.getByText("their key was destroyed or lost. Connect it again").first().waitFor();
      page.navigate(address("/w/" + workspace.slug() + "/audit?what=keymanagement"));
      assertThat(page.locator("td.mono").allInnerTexts())
          .containsExactly("keymanagement.destroyed", "keymanagement.renewed");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    Workspace workspace = withASecret();
    TestPeople.Someone owner = people.signedIn(workspace, "Ada Lovelace", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(page, address(""), owner.token());
      page.navigate(address("/w/" + workspace.slug() + "/keys"));
      Browser.screenshot(page, "keys-390");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anAdminDoesNotDestroyAnAuditorOnlyLooksAndAMemberDoesNotEvenLook() {
    Workspace workspace = withASecret();
    String keys = "/w/" + workspace.slug() + "/keys";
    Http http = Http.onPort(port);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    TestPeople.Someone auditor = people.signedIn(workspace, "Bob", Role.AUDITOR);
    TestPeople.Someone member = people.signedIn(workspace, "Cleo", Role.MEMBER);

    assertThat(http.pageOf(admin.token(), keys).body())
        .contains("New data key")
        .doesNotContain("Destroy these keys");
    assertThat(http.pageOf(admin.token(), keys + "/platform/destroy").statusCode()).isEqualTo(403);
    assertThat(
            post(http, admin, keys + "/platform/destroy", workspace.slug() + "/platform")
                .statusCode())
        .isEqualTo(403);
    assertThat(http.pageOf(auditor.token(), keys).body())
        .contains("The workspace itself")
        .doesNotContain("New data key</button>");
    assertThat(post(http, auditor, keys + "/platform/renew", "").statusCode()).isEqualTo(403);
    assertThat(http.pageOf(member.token(), keys).statusCode()).isEqualTo(403);
    assertThat(destroyed(workspace)).isEmpty();
  }

  @Test
  void whileKeysAreOutOfReachARequestThatNeedsThemIsToldToComeAgainAndOthersAreServed() {
    Workspace workspace = withASecret();
    TestPeople.Someone owner = people.signedIn(workspace, "Ada", Role.OWNER);
    Http http = Http.onPort(port);
    String room = "/w/" + workspace.slug() + "/sandbox";
    workspaces.inWorkspace(workspace.id(), () -> dataKeys.beginDestruction("platform"));

    HttpResponse<String> refused = http.pageOf(owner.token(), room);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    assertThat(refused.body()).contains("Nothing is lost");
    assertThat(http.pageOf(owner.token(), "/w/" + workspace.slug()).statusCode()).isEqualTo(200);
    assertThat(http.pageOf(owner.token(), "/w/" + workspace.slug() + "/keys").body())
        .contains("These keys are being destroyed");

    workspaces.inWorkspace(workspace.id(), () -> dataKeys.endDestruction("platform"));
    assertThat(http.pageOf(owner.token(), room).statusCode()).isEqualTo(200);
  }

  @Test
  void keysThatThereAreNotAreNotFound() {
    Workspace workspace = withASecret();
    TestPeople.Someone owner = people.signedIn(workspace, "Ada", Role.OWNER);
    String keys = "/w/" + workspace.slug() + "/keys";
    Http http = Http.onPort(port);
    assertThat(post(http, owner, keys + "/moderation/renew", "").statusCode()).isEqualTo(404);
    assertThat(http.pageOf(owner.token(), keys + "/receipts/" + UUID.randomUUID()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aWorkspaceWithoutSecretsSaysWhenThereWillBeKeys() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    assertThat(Http.onPort(port).pageOf(admin.token(), "/w/" + workspace.slug() + "/keys").body())
        .contains("No keys yet");
  }

  @Test
  void allKeysOfAWorkspaceAreDestroyedByWhoeverTypesItsName() {
    Workspace workspace = withASecret();
    TestPeople.Someone owner = people.signedIn(workspace, "Ada", Role.OWNER);
    String keys = "/w/" + workspace.slug() + "/keys";
    Http http = Http.onPort(port);
    assertThat(http.pageOf(owner.token(), keys).body()).contains("Destroy all keys of this");
    assertThat(http.pageOf(owner.token(), keys + "/destroy").body())
        .contains("Destroy all keys of this workspace", "dead letters");
    assertThat(post(http, owner, keys + "/destroy", "platform").body())
        .contains("Type " + workspace.slug() + " to destroy these keys.");
    assertThat(destroyed(workspace)).isEmpty();
    assertThat(post(http, owner, keys + "/destroy", workspace.slug()).statusCode()).isEqualTo(302);
    assertThat(destroyed(workspace)).extracting(KeyDestruction::owner).containsExactly("platform");
  }

  @Test
  void whatTheKeyFileCannotIsSaid() {
    Workspace workspace = withASecret();
    TestPeople.Someone admin = people.signedIn(workspace, "Ada", Role.ADMIN);
    HttpResponse<String> answer =
        post(Http.onPort(port), admin, "/w/" + workspace.slug() + "/keys/platform/rotate", "");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/keys");
  }

  private static HttpResponse<String> post(
      Http http, TestPeople.Someone who, String path, String typed) {
    return http.post(
        path,
        Map.of("_csrf", who.csrf(), "typed", typed),
        "Cookie",
        "bothy-session=" + who.token());
  }

  private Workspace withASecret() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    slackConnections.connect(
        workspace.id(),
        people.stranger("Grace").id(),
        slack.install("chat:write", "commands", "im:write", "users:read"),
        "8f742231b10e8888abcd99yyyzzz85a5");
    return workspace;
  }

  private List<KeyDestruction> destroyed(Workspace workspace) {
    return workspaces.inWorkspace(workspace.id(), destructions::list);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
