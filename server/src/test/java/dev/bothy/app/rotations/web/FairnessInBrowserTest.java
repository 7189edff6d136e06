package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.RotationOutcome;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.ChatConnection;
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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How duty is shared out, as members and managers see it.
@BothyTest
class FairnessInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Rotations rotations;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));

  @BeforeEach
  void aRoomWithThreePeople() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection =
        workspaces.inWorkspace(
            workspace.id(),
            () -> {
              ChatConnection made =
                  connections.create(Network.SANDBOX, "Sandbox", "bothy", new byte[1]);
              for (String name : List.of("Ada Byron", "Ben Okafor", "Chen Wei")) {
                jdbc.sql(
                        "insert into chat_account (workspace_id, connection_id, account, name,"
                            + " zone, active, bot, looked_up_at)"
                            + " values (?, ?, ?, ?, 'Europe/Berlin', true, false, now())")
                    .params(
                        workspace.id().value(),
                        made.id().value(),
                        name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT),
                        name)
                    .update();
              }
              return made.id();
            });
  }

  @Test
  void membersSeeTheTeamAndManagersEachPersonIfTheyAsk() {
    Rotation rotation = make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MANAGER, 1280, ColorScheme.LIGHT);
      page.navigate(address("/" + rotation.id() + "/fairness"));
      page.getByLabel("Time").selectOption("ahead");
      button(page, "Show").click();
      page.getByText("3 people were or are on duty").waitFor();
      assertThat(page.locator(".bars").count()).isZero();
      page.getByText("Show each person's hours").click();
      page.locator(".bars li").first().waitFor();
      assertThat(page.locator(".bars li").count()).isEqualTo(3);
      assertThat(page.locator("main").innerText()).contains("Ben Okafor").contains("on weekends");
      Browser.screenshot(page, "rotations-fairness");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aRangeThatCannotBeIsSaidInWordsOnAPhone() {
    make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.MEMBER, 360, ColorScheme.DARK);
      page.navigate(address("/fairness?range=custom&from=2026-05-02&to=2026-05-01"));
      page.getByText("not before the first day").waitFor();
      assertThat(page.getByText("Show each person's hours").count()).isZero();
      page.navigate(address("/fairness"));
      page.getByText("totals would tell of one of them").waitFor();
      Browser.screenshot(page, "rotations-fairness-360");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
      assertThat(page.navigate(address("/fairness?people=yes")).status()).isEqualTo(403);
    }
  }

  private Rotation make(String name) {
    RotationInput input =
        RotationInput.of(
            name,
            "daily",
            List.of(),
            "",
            "",
            "09:00",
            "Europe/Berlin",
            List.of("ada", "ben", "chen"));
    RotationOutcome outcome =
        rotations.create(workspace.id(), new Actor.System(), connection, "general", input);
    return ((RotationOutcome.Done) outcome).rotation();
  }

  private Page signedIn(Browser browser, Role role, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Ada Lovelace", role);
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations" + path;
  }
}
