package dev.bothy.platform.chat.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.chat.slack.EchoFeature;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// An admin switches on in the browser what is optional.
@BothyTest
@Import(EchoFeature.class)
class SlackAbilitiesPageTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();

  @Test
  void anAbilityIsSwitchedOnAndMissedUntilTheAppIsInstalledAgain() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    String[] needed = {"chat:write", "commands", "im:write", "users:read"};
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, "http://127.0.0.1:" + port, admin.token());
      page.navigate(address(workspace));
      paste(page, slack.install(needed));
      page.getByText("every permission").waitFor();
      assertThat(page.locator("#manifest").inputValue()).doesNotContain("channels:join");

      page.navigate(address(workspace));
      button(page, "Switch on: Join public channels").click();
      button(page, "Switch off: Join public channels").waitFor();
      assertThat(page.locator("#manifest").inputValue()).contains("channels:join");
      assertThat(page.locator(".notice.warn").first().innerText()).contains("channels:join");
      assertThat(page.getByText("Not granted by Bothy Test").count()).isEqualTo(1);
      assertThat(page.locator(".ways a[aria-current]").innerText()).contains("Public address");
      Browser.screenshot(page, "slack-abilities");

      paste(
          page, slack.install("chat:write", "commands", "im:write", "users:read", "channels:join"));
      page.getByText("every permission").waitFor();
      assertThat(page.getByText("Not granted by").count()).isZero();
      button(page, "Switch off: Join public channels").click();
      button(page, "Switch on: Join public channels").waitFor();
      assertThat(page.locator("#manifest").inputValue()).doesNotContain("channels:join");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingOfItIsCutOff() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(360, 740, ColorScheme.DARK);
      Browser.signIn(page, "http://127.0.0.1:" + port, admin.token());
      page.navigate(address(workspace));
      button(page, "Switch on: Set the topic of channels").click();
      button(page, "Switch off: Set the topic of channels").waitFor();
      Browser.screenshot(page, "slack-abilities-phone");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void paste(Page page, String token) {
    page.locator("#token").fill(token);
    page.locator("#signing-secret").fill(SECRET);
    button(page, "Check and connect").click();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address(Workspace workspace) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/slack?way=http";
  }
}
