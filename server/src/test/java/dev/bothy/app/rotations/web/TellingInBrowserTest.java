package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.HandoffRules;
import dev.bothy.app.rotations.NoteReaders;
import dev.bothy.app.rotations.Telling;
import dev.bothy.app.rotations.Tellings;
import dev.bothy.platform.audit.Actor;
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
import dev.bothy.testkit.RotationRows;
import dev.bothy.testkit.TestWorkspaces;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The form of what a rotation tells and what it expects of hand-offs.
@BothyTest
class TellingInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Tellings tellings;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final UUID rotation = UUID.randomUUID();
  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");

  private void aRotationAt(Network network) {
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          ConnectionId connection = connections.create(network, "Acme", "B", new byte[] {1}).id();
          jdbc.sql(RotationRows.ROTATION)
              .params(workspace.id().value(), rotation, "Support desk", connection.value())
              .update();
        });
  }

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  @ParameterizedTest
  @CsvSource({"360, DARK", "1280, LIGHT"})
  void allOfItIsSetWhatIsWrongIsSaidAtItsFieldAndWhatWasTypedStays(int width, ColorScheme scheme) {
    aRotationAt(Network.SANDBOX);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, width, scheme);
      page.navigate(address(""));
      page.getByText("Telling and hand-off").click();
      page.getByLabel("Reminder before a shift").fill("5");
      page.getByLabel("The channel hears of the next seven days").selectOption("mon");
      page.getByLabel("The channel's topic").check();
      page.getByLabel("Checklist, an item on each line")
          .fill("The queue is empty\n" + "x".repeat(76) + "\n\nThe pager is charged");
      page.getByLabel("A hand-off note is expected").check();
      page.getByLabel("Reminder to acknowledge").fill("soon");
      page.getByLabel("Who reads the notes").selectOption("rotation");
      save(page);
      page.getByText("Something is not right yet").waitFor();
      assertThat(page.locator(".error").allInnerTexts())
          .containsExactlyInAnyOrder(
              "Time: what was typed is not allowed. Allowed: 00:00 to 23:59, such as 08:00",
              "Reminder to acknowledge: what was typed is not allowed. Allowed: a whole number of"
                  + " minutes");
      assertThat(page.getByLabel("Checklist").inputValue()).contains("The pager is charged");
      page.getByLabel("at", new Page.GetByLabelOptions().setExact(true)).fill("08:00");
      page.getByLabel("Reminder to acknowledge").fill("60");
      save(page);
      page.getByText("item 2 has 76 characters").waitFor();
      assertThat(page.locator("#reminder-error").innerText()).contains("5 minutes");
      Browser.screenshot(page, "rotations-telling-wrong-" + width);
      page.getByLabel("Reminder before a shift").fill("45");
      page.getByLabel("Checklist").fill("The queue is empty\nThe pager is charged");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      save(page);
      page.getByText("is saved").waitFor();
      assertThat(telling())
          .isEqualTo(
              new Telling(
                  Duration.ofMinutes(45),
                  new Telling.LookAhead(DayOfWeek.MONDAY, LocalTime.of(8, 0)),
                  true,
                  null,
                  new HandoffRules(
                      List.of("The queue is empty", "The pager is charged"),
                      true,
                      Duration.ofMinutes(30),
                      Duration.ofHours(1),
                      NoteReaders.ROTATION)));
      page.navigate(address("/telling"));
      Browser.screenshot(page, "rotations-telling-" + width);
      assertThat(page.getByLabel("Reminder to acknowledge").inputValue()).isEqualTo("60");
      assertThat(page.getByLabel("Who reads the notes").inputValue()).isEqualTo("rotation");
      assertThat(browser.complaints()).noneMatch(complaint -> !complaint.contains("422"));
    }
  }

  @Test
  void itIsSavedByKeyboardAlone() {
    aRotationAt(Network.SANDBOX);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 1280, ColorScheme.LIGHT);
      page.navigate(address("/telling"));
      page.locator("#reminder").focus();
      page.keyboard().type("30");
      // The day, the time and the topic.
      for (int step = 0; step < 3; step++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Space");
      page.keyboard().press("Enter");
      page.getByText("is saved").waitFor();
      assertThat(telling().topic()).isTrue();
      assertThat(telling().reminder()).isEqualTo(Duration.ofMinutes(30));
    }
  }

  @Test
  void whatSomebodyElseHasSavedInBetweenIsNotLostUnseen() {
    aRotationAt(Network.SANDBOX);
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 1280, ColorScheme.LIGHT);
      page.navigate(address("/telling"));
      Telling theirs = new Telling(Duration.ofHours(2), null, true, null, HandoffRules.DEFAULT);
      tellings.save(workspace.id(), new Actor.System(), rotation, theirs, null);
      page.getByLabel("Checklist").fill("Mine");
      save(page);
      page.getByText("Somebody else changed this").waitFor();
      Browser.screenshot(page, "rotations-telling-outdated");
      assertThat(telling()).isEqualTo(theirs);
      assertThat(page.getByLabel("Checklist").inputValue()).isEqualTo("Mine");
      save(page);
      page.getByText("is saved").waitFor();
      assertThat(telling().handoff().checklist()).containsExactly("Mine");
    }
  }

  @Test
  void whatTheConnectionCannotDoIsSaidWithTheWayToSwitchItOnAndWhatItRefused() {
    aRotationAt(Network.SLACK);
    tellings.save(
        workspace.id(),
        new Actor.System(),
        rotation,
        new Telling(null, null, true, null, HandoffRules.DEFAULT),
        null);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "update rotation_telling set problem = 'missing_scope: channels:manage',"
                        + " problem_message = gen_random_uuid()")
                .update());
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql(
                    "insert into chat_ability (workspace_id, network, capability) values (?, 'slack', 'GROUP')")
                .param(workspace.id().value())
                .update());
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, 1280, ColorScheme.LIGHT);
      page.navigate(address("/telling"));
      page.getByText("missing_scope: channels:manage").waitFor();
      Browser.screenshot(page, "rotations-telling-refused");
      assertThat(page.locator("#topic-hint").innerText()).contains("It is off on this connection.");
      assertThat(page.locator("#topic-hint a").getAttribute("href"))
          .isEqualTo("/w/" + workspace.slug() + "/slack#abilities");
      assertThat(page.locator("#group-hint").innerText()).contains("install the app again");
      page.navigate(address(""));
      page.getByText("missing_scope: channels:manage").waitFor();
    }
  }

  private static void save(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true))
        .click();
  }

  private Telling telling() {
    return tellings.find(workspace.id(), rotation).orElseThrow().telling();
  }

  private Page signedIn(Browser browser, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private String address(String below) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations/" + rotation + below;
  }
}
