package dev.bothy.platform.calendar.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BothyTest
class HolidaysInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @LocalServerPort int port;

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "360, DARK"})
  void anAdminMakesACalendarFillsItDeletesItAndTakesThatBack(int width, ColorScheme scheme) {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    String home = "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/holidays";
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, workspace, Role.ADMIN, width, scheme);
      page.navigate(home);
      page.getByText("No calendar yet").waitFor();
      Browser.screenshot(page, "holidays-empty-" + width);
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New calendar")).click();
      page.locator("#name").fill("Bavaria");
      page.getByLabel("Days, a line each").fill("2027-12-24 Closed\n25.12.2027 Christmas");
      button(page, "Make it").click();
      page.getByText("line 2 begins with no day").waitFor();
      Browser.screenshot(page, "holidays-wrong-" + width);
      page.getByLabel("Days, a line each").fill("2027-12-24 Closed\n2027-12-25 Our party");
      button(page, "Make it").click();
      page.getByText("The calendar is made.").waitFor();

      page.locator("#country").selectOption("DE");
      button(page, "Choose").click();
      page.getByLabel("Part of it").selectOption("DE-BY");
      page.getByLabel("First year").fill("2027");
      page.locator("#count").fill("1");
      page.getByLabel("Add those of the years to come").uncheck();
      button(page, "Add them").click();
      page.getByText("11 days are added.").waitFor();
      Browser.screenshot(page, "holidays-filled-" + width);
      assertThat(page.getByLabel("Days, a line each").inputValue())
          .contains("2027-01-01 New Year's Day\n", "2027-12-25 Our party\n", "2027-12-24 Closed\n");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);

      page.locator(".confirm summary").click();
      Browser.screenshot(page, "holidays-delete-" + width);
      button(page, "Delete this calendar").click();
      page.getByText("Bavaria is deleted").waitFor();
      assertThat(page.locator(".calendars li").count()).isZero();
      button(page, "Undo").click();
      page.getByText("Bavaria is back, with its days.").waitFor();
      Browser.screenshot(page, "holidays-list-" + width);
      assertThat(page.locator(".calendars li").innerText())
          .contains("Next: Fri 1 Jan 2027, New Year's Day", "13 days, the last on Sun 26 Dec 2027");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bavaria")).click();
      page.locator("#country").selectOption("DE");
      button(page, "Choose").click();
      page.getByLabel("Part of it").selectOption("DE-BY");
      button(page, "Add them").click();
      page.getByText("Germany, Bavaria is added each year").waitFor();
      Browser.screenshot(page, "holidays-followed-" + width);
      button(page, "Stop adding Germany, Bavaria").click();
      page.getByText("No more years are added.").waitFor();
      assertThat(page.getByText("is added each year").count()).isZero();

      assertThat(browser.complaints())
          .as("but for the refusal of the form")
          .allSatisfy(complaint -> assertThat(complaint).contains("422"));
    }
  }

  @Test
  void onlyAdminsGetThere() {
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    String home = "http://127.0.0.1:" + port + "/w/" + workspace.slug();
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, workspace, Role.MEMBER, 1280, ColorScheme.LIGHT);
      page.navigate(home);
      assertThat(page.locator("nav a", new Page.LocatorOptions().setHasText("Holidays")).count())
          .isZero();
      for (String path : new String[] {"/holidays", "/holidays/new"}) {
        assertThat(page.navigate(home + path).status()).isEqualTo(403);
      }
    }
  }

  private Page signedIn(
      Browser browser, Workspace workspace, Role role, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada Lovelace", role);
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
