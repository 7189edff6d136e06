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

@BothyTest
class RequestsInBrowserTest {
  @Autowired Workspaces workspaces;
  @Autowired Connections connections;
  @Autowired Rotations rotations;
  @Autowired TestPeople people;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private Workspace workspace = new Workspace(new WorkspaceId(new UUID(0, 0)), "", "");
  private ConnectionId connection = new ConnectionId(new UUID(0, 0));
  private String rotation = "";

  @BeforeEach
  void aRotationOfThree() {
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
    RotationOutcome outcome =
        rotations.create(
            workspace.id(),
            new Actor.System(),
            connection,
            "general",
            RotationInput.of(
                "Support desk",
                "daily",
                List.of(),
                "",
                "",
                "09:00",
                "Europe/Berlin",
                List.of("ada", "ben", "chen")));
    Rotation made = ((RotationOutcome.Done) outcome).rotation();
    rotation = made.id().toString();
  }

  @Test
  void somebodyAsksFromTheCalendarAndAnotherTakesItAndGivesItBack() {
    try (Browser browser = Browser.open()) {
      Page ben = signedIn(browser, "ben", Role.MEMBER, 1280, ColorScheme.LIGHT);
      ben.navigate(address(""));
      Locator own =
          ben.locator(".day .piece a").filter(new Locator.FilterOptions().setHasText("Ben Okafor"));
      own.first().waitFor();
      Browser.screenshot(ben, "rotations-calendar-ask");
      own.first().focus();
      ben.keyboard().press("Enter");
      heading(ben, "Ask somebody to cover or swap");
      assertThat(ben.locator("#shift option:checked").innerText()).endsWith("Ben Okafor");
      ben.getByLabel("From").fill("2020-01-01T00:00");
      button(ben, "Ask the channel").click();
      ben.getByText("What you typed is still here").waitFor();
      Browser.screenshot(ben, "rotations-request-wrong");
      ben.getByLabel("From").fill("");
      button(ben, "Ask the channel").click();
      ben.getByText("The channel is asked.").waitFor();
      Browser.screenshot(ben, "rotations-requests-asked");
      assertThat(ben.getByText("I take it").count()).isZero();
      assertThat(ben.getByText("Withdraw").count()).isEqualTo(1);
      assertThat(browser.complaints()).isEmpty();
    }
    try (Browser browser = Browser.open()) {
      Page chen = signedIn(browser, "chen", Role.MEMBER, 360, ColorScheme.DARK);
      chen.navigate(address("/requests"));
      chen.getByText("I can't").click();
      chen.getByText("Noted on the question").waitFor();
      assertThat(chen.getByText("Cannot: Chen Wei").count()).isEqualTo(1);
      Browser.screenshot(chen, "rotations-requests-360");
      chen.getByText("I take it").click();
      chen.getByText("It is taken.").waitFor();
      assertThat(chen.getByText("Chen Wei serves").count()).isEqualTo(1);
      assertThat(chen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      chen.navigate(base() + "/requests");
      chen.getByText("Give it back").click();
      chen.getByText("It is given back.").waitFor();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anAdminActsForOthersAndWhoHasNoAccountReads() {
    try (Browser browser = Browser.open()) {
      Page admin = signedIn(browser, "", Role.ADMIN, 1280, ColorScheme.LIGHT);
      admin.navigate(address("/requests"));
      heading(admin, "Nobody has asked for anything");
      Browser.screenshot(admin, "rotations-requests-empty");
      admin.locator(".page-head").getByText("Ask somebody").click();
      admin.getByLabel("What").selectOption("swap");
      admin.getByLabel("Shift").selectOption(new String[] {second(admin)});
      button(admin, "Ask the channel").click();
      admin.getByText("The channel is asked.").waitFor();
      admin.getByText("Somebody takes it").click();
      admin.getByLabel("Who", new Page.GetByLabelOptions().setExact(true)).fill("Nobody Known");
      button(admin, "Change the plan").click();
      admin.locator(".notice.bad").waitFor();
      admin.getByText("Somebody takes it").click();
      admin.getByLabel("Who", new Page.GetByLabelOptions().setExact(true)).fill("Ada Byron");
      button(admin, "Change the plan").click();
      admin.getByText("It is taken.").waitFor();
      admin.navigate(address(""));
      admin.locator("#changes").getByText("Undo").click();
      admin.getByText("The change is taken back.").waitFor();
      admin.navigate(address("/requests"));
      admin.getByText("and that was undone").waitFor();
      Browser.screenshot(admin, "rotations-requests-closed");
      assertThat(browser.complaints()).isEmpty();
    }
    try (Browser browser = Browser.open()) {
      Page reader = signedIn(browser, "", Role.MEMBER, 360, ColorScheme.LIGHT);
      reader.navigate(address("/requests"));
      reader.getByText("No account of this rotation's chat network").waitFor();
      assertThat(reader.locator("main button").count()).isZero();
      reader.navigate(base() + "/requests");
      heading(reader, "Nothing has to do with you");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whoCanCoverIsAnsweredInTheThreadOfTheRoom() {
    // One whose room is opened by its page.
    workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone visitor = people.signedIn(workspace, "Grace Hopper", Role.OWNER);
    try (Browser browser = Browser.open()) {
      Page ada = browser.page();
      Browser.signIn(ada, "http://127.0.0.1:" + port, visitor.token());
      Page chen = ada.context().newPage();
      ada.navigate(room("?as=ada"));
      say(ada, "#text", "/rotation new Desk daily 09:00 Europe/Berlin @ada @ben");
      ada.locator("#messages .card-fields").first().waitFor();
      say(ada, "#text", "/rotation cover Desk");
      ada.locator("#messages").getByText("Who can cover for Ada").waitFor();

      chen.navigate(room("?as=chen"));
      Locator question =
          chen.locator("#messages .message")
              .filter(new Locator.FilterOptions().setHasText("Who can cover for Ada"));
      question.getByText("Reply in a thread").click();
      say(chen, "#thread-text", "Sure, no problem");
      question.getByText("Perhaps").waitFor();
      Browser.screenshot(chen, "rotations-cover-thread");
      ada.navigate(room("?as=ada&in=@ada"));
      ada.getByText("Yes, they cover it").click();
      chen.locator("#messages").getByText("covers for Ada").waitFor();
      Browser.screenshot(chen, "rotations-cover-taken");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private String room(String query) {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/sandbox" + query;
  }

  private static void say(Page page, String box, String text) {
    page.locator(box).focus();
    page.keyboard().type(text + " ");
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.locator(box).inputValue().isEmpty());
  }

  private static String second(Page page) {
    return page.locator("#shift option").nth(1).getAttribute("value");
  }

  private static void heading(Page page, String name) {
    page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name)).waitFor();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// @param account linked to them; empty for none
  private Page signedIn(Browser browser, String account, Role role, int width, ColorScheme scheme) {
    TestPeople.Someone someone = people.signedIn(workspace, "Somebody", role);
    if (!account.isEmpty()) {
      workspaces.inWorkspace(
          workspace.id(),
          () ->
              jdbc.sql(
                      "insert into chat_link (workspace_id, connection_id, account, person_id,"
                          + " linked_by, linked_at) values (?, ?, ?, ?, 'ADMIN', now())")
                  .params(workspace.id().value(), connection.value(), account, someone.id().value())
                  .update());
    }
    Page page = browser.page(width, 800, scheme);
    Browser.signIn(page, "http://127.0.0.1:" + port, someone.token());
    return page;
  }

  private String base() {
    return "http://127.0.0.1:" + port + "/w/" + workspace.slug() + "/rotations";
  }

  private String address(String path) {
    return base() + "/" + rotation + path;
  }
}
