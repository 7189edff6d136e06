package dev.bothy.platform.chat.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackPlace;
import dev.bothy.platform.chat.slack.SlackRequests;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// An admin connects Slack in the browser; nobody else does.
@BothyTest
class SlackPageTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();

  @Test
  void aWrongTokenIsRefusedInWordsAndARightOneIsConnectedAndDisconnected() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/slack?way=http"));
      assertThat(page.locator("#manifest").inputValue())
          .contains("/chat/slack/" + workspace.id() + "/events")
          .contains("/rotation");
      assertThat(page.getByText("No Slack workspace is connected").count()).isEqualTo(1);
      Browser.screenshot(page, "slack-connect");

      submit(page, "not-a-token", SECRET);
      assertThat(page.locator(".field.invalid .error").innerText()).contains("xoxb-");
      submit(page, "xoxb-000-111-Unknown", SECRET);
      assertThat(page.locator(".field.invalid .error").innerText()).contains("does not know");
      assertThat(page.content()).doesNotContain("xoxb-000-111-Unknown").doesNotContain(SECRET);
      submit(page, slack.install("commands"), "short");
      assertThat(page.locator(".field.invalid .error").innerText()).contains("16 to 128");

      submit(page, slack.install("chat:write", "commands"), SECRET);
      page.getByText("Bothy Test").first().waitFor();
      assertThat(page.locator(".notice.warn").first().innerText())
          .contains("im:write")
          .contains("users:read");
      Browser.screenshot(page, "slack-connected");

      String token = slack.install("chat:write", "commands", "im:write", "users:read");
      page.navigate(address("/w/" + workspace.slug() + "/slack?way=http"));
      submit(page, token, SECRET);
      page.getByText("every permission").waitFor();
      assertThat(page.content()).doesNotContain(token).doesNotContain(SECRET);
      page.getByText("it is a bot's, in Bothy Test").waitFor();
      assertThat(page.locator(".checks").innerText())
          .contains("No request that Slack signed has come yet")
          .contains("Nothing has come in yet")
          .contains("/invite @Bothy");

      assertThat(
              SlackRequests.signedWith(SECRET, clock)
                  .event("url-verification")
                  .sendTo(URI.create(address("/chat/slack/" + workspace.id() + "/events")))
                  .statusCode())
          .isEqualTo(200);
      button(page, "Check now").click();
      page.getByText("Slack has proven the request URL").waitFor();
      page.getByText("Permissions: asked, granted, used").click();
      Browser.screenshot(page, "slack-checked");

      button(page, "Disconnect").click();
      button(page, "Undo: connect again").waitFor();
      assertThat(page.getByText("Nothing goes out through it any more").count()).isEqualTo(1);
      Browser.screenshot(page, "slack-disconnected");
      button(page, "Undo: connect again").click();
      page.getByText("every permission").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void oneAppIsInstalledIntoTwoSlackWorkspacesThroughOAuth() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/slack"));
      page.getByText("Several workspaces").click();
      page.getByLabel("Tokens expire and are renewed").check();
      button(page, "Change the manifest").click();
      page.waitForURL("**rotation=true**");
      String redirect = address("/w/" + workspace.slug() + "/slack/installed");
      assertThat(page.locator("#manifest").inputValue())
          .contains("\"token_rotation_enabled\" : true")
          .contains("/slack/installed");

      saveApp(page, "nonsense", "c1ient5ecret0000");
      assertThat(page.locator(".field.invalid .error").innerText()).contains("two numbers");
      saveApp(page, slack.app("c1ient5ecret0000", true, redirect), "c1ient5ecret0000");
      page.getByText("Add to Slack").waitFor();
      assertThat(page.getByLabel("Tokens expire and are renewed").isChecked()).isTrue();
      Browser.screenshot(page, "slack-oauth");

      slack.refuseNextInstallation("access_denied");
      page.getByText("Add to Slack").click();
      page.getByText("The installation was cancelled at Slack").waitFor();

      slack.installNextInto(SlackPlace.workspace("First team", "PAGE00001"));
      page.getByText("Add to Slack").click();
      page.getByText("First team").first().waitFor();
      page.navigate(address("/w/" + workspace.slug() + "/slack?way=oauth"));
      slack.installNextInto(SlackPlace.organisation("The group", "PAGE00002"));
      page.getByText("Add to Slack").click();
      page.getByText("for the whole organisation", new Page.GetByTextOptions().setExact(true))
          .waitFor();
      assertThat(page.getByText("First team").count()).isPositive();
      assertThat(page.content()).doesNotContain("xoxe").doesNotContain("c1ient5ecret0000");
      Browser.screenshot(page, "slack-oauth-connected");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aSocketsWayAsksForBothTokens() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/slack"));
      assertThat(page.locator("#manifest").inputValue())
          .contains("\"socket_mode_enabled\" : true")
          .doesNotContain("/chat/slack/");
      Browser.screenshot(page, "slack-sockets");
      page.locator("#token").fill("xapp-1-A0BOTHY01-1-fake");
      page.locator("#app-token").fill("xoxb-000-111-Unknown");
      button(page, "Check and connect").click();
      assertThat(page.locator(".field.invalid .error").innerText())
          .contains("This is the app-level token");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(360, 740, ColorScheme.DARK);
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/slack?way=http"));
      submit(page, slack.install("chat:write", "commands", "files:read"), SECRET);
      page.getByText("Bothy Test").first().waitFor();
      page.getByText("it is a bot's").waitFor();
      page.getByText("Permissions: asked, granted, used").click();
      for (String way : List.of("socket", "http", "oauth")) {
        if (!way.equals("socket")) {
          page.navigate(address("/w/" + workspace.slug() + "/slack?way=" + way));
        }
        Browser.screenshot(page, "slack-phone-" + way);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
            .as(way)
            .isEqualTo(true);
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aMemberIsNotLetIn() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone member = people.signedIn(workspace, "Ben Ali", Role.MEMBER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), member.token());
      Response answer =
          Objects.requireNonNull(page.navigate(address("/w/" + workspace.slug() + "/slack")));
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  private static void submit(Page page, String token, String signingSecret) {
    page.locator("#token").fill(token);
    page.locator("#signing-secret").fill(signingSecret);
    button(page, "Check and connect").click();
  }

  private static void saveApp(Page page, String clientId, String clientSecret) {
    page.locator("#client-id").fill(clientId);
    page.locator("#client-secret").fill(clientSecret);
    page.locator("#signing-secret").fill(SECRET);
    button(page, "Save").click();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
