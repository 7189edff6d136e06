package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The way of a file into a rotation, step by step.
@BothyTest
class RotationImportInBrowserTest {
  private static final Path FILE = Path.of("src/test/resources/rotation-files/pagerduty.json");

  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  private void aRoomWithTwoPeople() {
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId made =
              connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]).id();
          for (String name : List.of("Ada Lovelace", "Grace Hopper")) {
            jdbc.sql(
                    "insert into chat_account (workspace_id, connection_id, account, name, zone,"
                        + " active, bot, looked_up_at) values (?, ?, ?, ?, 'UTC', true, false,"
                        + " now())")
                .params(
                    workspace.id().value(),
                    made.value(),
                    name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
                    name)
                .update();
          }
          return made;
        });
  }

  @Test
  void aFileBecomesARotationInThreeSteps() {
    aRoomWithTwoPeople();
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 1280, ColorScheme.LIGHT);
      page.navigate(address(""));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Import").setExact(true))
          .click();
      assertThat(page.locator(".progress [aria-current]").innerText()).isEqualTo("Choose the file");
      Browser.screenshot(page, "rotations-import");
      page.getByLabel("File")
          .setInputFiles(
              new FilePayload("plan.txt", "text/plain", "a,b".getBytes(StandardCharsets.UTF_8)));
      button(page, "Read the file");
      page.getByText("neither JSON nor an iCalendar file").waitFor();
      Browser.screenshot(page, "rotations-import-refused");

      page.getByLabel("File").setInputFiles(FILE);
      button(page, "Read the file");
      page.getByText("What is not carried over").waitFor();
      assertThat(page.locator(".progress [aria-current]").innerText())
          .isEqualTo("Check people and shifts");
      button(page, "Make the rotation");
      page.getByText("Channel: 1 to 200 characters are allowed.").waitFor();
      Browser.screenshot(page, "rotations-import-plan");
      page.getByLabel("Channel").fill("general");
      button(page, "Make the rotation");
      page.getByText("On duty now").waitFor();
      assertThat(page.locator("h1").innerText()).isEqualTo("Support");
      assertThat(browser.complaints()).noneMatch(each -> !each.contains("422"));
    }
  }

  @Test
  void aCalendarFitsAPhone() {
    aRoomWithTwoPeople();
    List<String> events = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      events.add(
          Events.event(
              List.of("Ada Lovelace", "Grace Hopper", "Margaret Hamilton").get(number % 3),
              Events.day(number * number),
              Events.day(number * number + 1)));
    }
    String calendar = Events.calendar(events);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 360, ColorScheme.DARK);
      page.navigate(address("/import"));
      Browser.screenshot(page, "rotations-import-360");
      page.getByLabel("File")
          .setInputFiles(
              new FilePayload(
                  "desk.ics", "text/calendar", calendar.getBytes(StandardCharsets.UTF_8)));
      button(page, "Read the file");
      page.getByText("They become a temporary schedule until").waitFor();
      Browser.screenshot(page, "rotations-import-calendar-360");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      page.getByLabel("Channel").fill("general");
      button(page, "Make the rotation");
      page.locator("h1").getByText("Desk").waitFor();
      page.getByText("The rotation is made.").waitFor();
      assertThat(page.content()).contains("temporary schedule", "Nobody takes turns");
      Browser.screenshot(page, "rotations-imported-360");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void withoutAChatThereIsNothingToImportInto() {
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 1280, ColorScheme.LIGHT);
      page.navigate(address("/import"));
      page.getByText("There is no chat yet").waitFor();
      assertThat(page.getByLabel("File").count()).isZero();
      Browser.screenshot(page, "rotations-import-empty");
    }
  }

  private Page signedIn(Browser browser, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations" + path;
  }
}
