package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class ConsoleInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "360, 740, LIGHT"})
  void homeFitsTheScreenAndComplainsAboutNothing(int width, int height, ColorScheme scheme) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(width, height, scheme);
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address("/"));
      assertThat(page.url()).isEqualTo(address("/w/" + workspace.slug()));
      page.getByText("PostgreSQL").first().waitFor();
      page.getByText("A secret of this workspace was sealed and opened").first().waitFor();
      page.getByText("Connect Slack").first().waitFor();
      assertThat(page.evaluate("document.compatMode")).isEqualTo("CSS1Compat");
      Browser.screenshot(page, "home-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void theAppearanceCanBeSwitchedAndStays() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.locator(".person summary").click();
      Browser.screenshot(page, "person-menu");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dark")).click();
      page.locator("html[data-theme=dark]").waitFor();
      page.reload();
      assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
      assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
          .isEqualTo("dark");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "360, 740, LIGHT"})
  void theAuditLogFitsTheScreen(int width, int height, ColorScheme scheme) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.OWNER);
    people.signedIn(workspace, "Grace Hopper", Role.ADMIN, Role.MEMBER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page(width, height, scheme);
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address("/w/" + workspace.slug() + "/audit"));
      page.getByText("people.roles-changed").first().waitFor();
      Browser.screenshot(page, "audit-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void theWorkspaceCanBeSwitchedByKeyboard() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    Workspace other = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(one, "Ada Lovelace", Role.MEMBER);
    people.assign(other, ada.id(), Role.MEMBER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address("/w/" + one.slug()));
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus").textContent()).isEqualTo("Skip to the content");
      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      page.locator(".place[open]").waitFor();
      Browser.screenshot(page, "workspace-switch");
      page.keyboard().press("Escape");
      assertThat(page.locator(".place[open]").count()).isZero();
      page.keyboard().press("Enter");
      page.getByText(other.name()).click();
      page.waitForURL(address("/w/" + other.slug()));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aPageThatIsNotThereLooksLikeOurs() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone ada = people.signedIn(workspace, "Ada Lovelace", Role.MEMBER);
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), ada.token());
      page.navigate(address("/w/" + workspace.slug() + "/nowhere"));
      page.getByText("There is nothing here").first().waitFor();
      Browser.screenshot(page, "not-found");
      page.navigate(address("/w/" + workspace.slug() + "/audit"));
      page.getByText("Not with your roles").first().waitFor();
      Browser.screenshot(page, "not-allowed");
    }
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
