package dev.bothy.app.rotations.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
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

/// The board, for members and for whoever knows its address.
@BothyTest
class BoardInBrowserTest {
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
  void theBoardIsPublishedAtAnAddressAndWithdrawn() {
    make("Support desk");
    try (Browser browser = Browser.open()) {
      Page page = signedIn(browser, Role.ADMIN, 1280, ColorScheme.LIGHT);
      page.navigate(address("/board"));
      page.getByText("Off: only members").waitFor();
      Browser.screenshot(page, "rotations-board");
      button(page, "Switch on").click();
      Locator link = page.locator(".notice a").first();
      link.waitFor();
      String secret = "http://127.0.0.1:" + port + link.getAttribute("href");

      Page stranger = browser.page(360, 800, ColorScheme.LIGHT);
      Response shown = stranger.navigate(secret);
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.headers())
          .containsEntry("x-robots-tag", "noindex, nofollow")
          .hasEntrySatisfying("cache-control", value -> assertThat(value).contains("max-age=60"));
      assertThat(stranger.locator("main").innerText())
          .contains("Support desk")
          .contains("Ada Byron")
          .contains("Ben Okafor, from");
      Browser.screenshot(stranger, "rotations-board-public");
      assertThat(browser.complaints()).isEmpty();

      String before = link.getAttribute("href");
      button(page, "New address; the one before ends").click();
      page.locator(".notice a:not([href='" + before + "'])").waitFor();
      // A browser may show what it has for a minute; a question makes it ask anew.
      assertThat(stranger.navigate(secret + "?again").status()).isEqualTo(404);
      String other = "http://127.0.0.1:" + port + page.locator(".notice a").getAttribute("href");
      assertThat(stranger.navigate(other).status()).isEqualTo(200);
      button(page, "Switch off").click();
      page.getByText("Off: only members").waitFor();
      assertThat(stranger.navigate(other + "?again").status()).isEqualTo(404);
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
