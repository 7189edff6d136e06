package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class TokensInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @Test
  void somebodyMakesATokenForTheirProgramAndRevokesIt() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    String server = "http://127.0.0.1:" + port;
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, server, ada.token());
      page.navigate(server + "/w/" + workspace.slug());
      page.locator(".person summary").click();
      page.getByText("API tokens").click();
      page.getByText("You have none.").waitFor();

      button(page, "Make the token").click();
      assertThat(page.locator(".error").allInnerTexts()).hasSize(2);

      page.getByLabel("Name").fill("Nightly report");
      page.getByLabel("rotations:read").check();
      button(page, "Make the token").click();
      String token = page.locator("#made").innerText();
      assertThat(token).startsWith("bothy_pat_");
      Browser.screenshot(page, "tokens");
      assertThat(me(token)).isEqualTo(200);
      assertThat(page.locator("table").innerText()).contains("Nightly report", "rotations:read");

      page.navigate(server + "/w/" + workspace.slug() + "/tokens");
      assertThat(page.content()).doesNotContain(token);
      button(page, "Revoke Nightly report").click();
      page.getByText("no program gets in with it any more").waitFor();
      assertThat(me(token)).isEqualTo(401);
      assertThat(page.locator("table .badge").innerText()).isEqualTo("revoked");
      assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("422"));
    }
  }

  private int me(String token) {
    return Http.onPort(port).get("/api/v1/me", "Authorization", "Bearer " + token).statusCode();
  }

  private static com.microsoft.playwright.Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
