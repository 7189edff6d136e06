package dev.bothy.platform.chat.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
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
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();

  @Test
  void aWrongTokenIsRefusedInWordsAndARightOneIsConnectedAndDisconnected() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/slack"));
      assertThat(page.locator("#manifest").inputValue())
          .contains("/chat/slack/" + workspace.id() + "/events")
          .contains("/rotation");
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
      submit(page, token, SECRET);
      page.getByText("every permission").waitFor();
      assertThat(page.content()).doesNotContain(token).doesNotContain(SECRET);

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Disconnect")).click();
      page.getByText("Connect a Slack workspace").waitFor();
      assertThat(page.getByText("every permission").count()).isZero();
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
      page.navigate(address("/w/" + workspace.slug() + "/slack"));
      Browser.screenshot(page, "slack-phone");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
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
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check and connect"))
        .click();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
