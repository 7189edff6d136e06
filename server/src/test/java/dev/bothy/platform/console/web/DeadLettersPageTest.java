package dev.bothy.platform.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.chat.slack.SlackTeam;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.Browser;
import dev.bothy.testkit.Http;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What was put aside, as those who run the workspace see it.
@BothyTest
class DeadLettersPageTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections slackConnections;
  @Autowired Chat chat;
  @Autowired Inbox inbox;
  @Autowired DeadLetters letters;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String channel =
      "C0" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private Workspace workspace = new Workspace(new WorkspaceId(UUID.randomUUID()), "none", "None");
  private TestPeople.Someone admin =
      new TestPeople.Someone(new PersonId(UUID.randomUUID()), "Nobody", "", "");
  private ConnectionId connection = new ConnectionId(UUID.randomUUID());

  @BeforeEach
  void aConnectedWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Ada Lovelace", Role.ADMIN);
    SlackConnections.Outcome outcome =
        slackConnections.connect(
            workspace.id(),
            admin.id(),
            slack.install("chat:write", "commands", "im:write", "users:read"),
            SECRET);
    connection = ((SlackConnections.Outcome.Done) outcome).connected().connection().id();
  }

  private void send(OutboundMessage message) {
    workspaces.inWorkspace(workspace.id(), () -> chat.send(connection, message));
  }

  private List<DeadLetter> dead(int expected) {
    return await()
        .until(
            () ->
                workspaces.inWorkspace(
                    workspace.id(),
                    () -> letters.page(new DeadLetter.Filter(null, null), null, 50)),
            found -> found.size() == expected);
  }

  /// Three messages to a channel where Bothy is not, one that shows a secret, one broken event.
  private void fiveLetters() {
    send(new OutboundMessage.Post(channel, null, Content.of("The printer is on fire")));
    send(new OutboundMessage.Post(channel, null, Content.of("It is out")));
    send(new OutboundMessage.Post(channel, null, Content.of("It is on fire again")));
    send(
        new OutboundMessage.Ephemeral(
            channel, "U0ADA", new ReplyHandle("\n"), Content.of("only you")));
    inbox.accept(
        new Inbox.Delivery(
            workspace.id(),
            connection.value(),
            "delivery",
            connection + ":" + channel,
            "chat.slack",
            "{\"type\":\"of-a-later-version\"}".getBytes(StandardCharsets.UTF_8)));
    dead(5);
  }

  @Test
  void anAdminFindsOpensRetriesAndDropsLetters() {
    fiveLetters();
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug()));
      page.getByText("5 pieces of work were put aside").waitFor();
      page.getByRole(
              AriaRole.LINK, new Page.GetByRoleOptions().setName("Dead letters").setExact(true))
          .click();
      assertThat(page.locator(".letters li").count()).isEqualTo(5);
      Browser.screenshot(page, "dead-letters-1280");
      page.locator("#problem")
          .selectOption(
              page.locator("#problem option")
                  .filter(new Locator.FilterOptions().setHasText("channel_not_found"))
                  .getAttribute("value"));
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
      assertThat(page.locator(".letters li").count()).isEqualTo(4);
      page.locator("#box").selectOption("inbox");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
      page.getByText("None fits").waitFor();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Everything")).click();

      page.getByText("Message to " + channel).last().click();
      page.getByText("noted in the audit log under your name").waitFor();
      assertThat(page.content()).doesNotContain("The printer is on fire");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open the letter"))
          .click();
      page.getByText("The printer is on fire").waitFor();
      Browser.screenshot(page, "dead-letter-1280");

      slack.team().channel(channel, "ops", SlackTeam.BOT_USER);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retry")).click();
      page.getByText("It is tried again now").waitFor();
      await().until(() -> slack.team().messagesIn(channel).size() == 1);

      page.getByText("Event in " + channel).click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Drop and erase"))
          .click();
      page.getByText("It is given up").waitFor();
      page.locator("#box").selectOption("outbox");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retry all 3")).click();
      page.getByText("3 letters are tried again now").waitFor();
      await().until(() -> slack.team().messagesIn(channel).size() >= 3);
      // Who is not in the channel cannot be shown anything there.
      dead(1);

      page.navigate(address("/w/" + workspace.slug() + "/audit?what=work"));
      assertThat(page.locator("td.mono").allInnerTexts())
          .containsExactlyInAnyOrder(
              "work.letter-read",
              "work.letter-retried",
              "work.letter-dropped",
              "work.letters-retried");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingIsCutOffAndAllOfItWorksByKeyboard() {
    fiveLetters();
    try (Browser browser = Browser.open()) {
      Page page = browser.page(390, 844, ColorScheme.DARK);
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/dead-letters"));
      Browser.screenshot(page, "dead-letters-390");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      page.getByText("Message to " + channel).last().focus();
      page.keyboard().press("Enter");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Open the letter"))
          .focus();
      page.keyboard().press("Enter");
      page.getByText("The printer is on fire").waitFor();
      Browser.screenshot(page, "dead-letter-390");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void whereNothingWasPutAsideThePageSaysSo() {
    try (Browser browser = Browser.open()) {
      Page page = browser.page();
      Browser.signIn(page, address(""), admin.token());
      page.navigate(address("/w/" + workspace.slug() + "/dead-letters"));
      page.getByText("Nothing was put aside").waitFor();
      Browser.screenshot(page, "dead-letters-none");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void anAuditorSeesTheListAndNoContentAndAMemberNothing() {
    send(new OutboundMessage.Post(channel, null, Content.of("The printer is on fire")));
    DeadLetter letter = dead(1).getFirst();
    String list = "/w/" + workspace.slug() + "/dead-letters";
    String one = list + "/outbox/" + letter.id();
    Http http = Http.onPort(port);
    TestPeople.Someone auditor = people.signedIn(workspace, "Alan", Role.AUDITOR);
    TestPeople.Someone member = people.signedIn(workspace, "Ben", Role.MEMBER);

    assertThat(http.pageOf(auditor.token(), list).body()).contains("Message to " + channel);
    assertThat(http.pageOf(auditor.token(), one).body())
        .contains("channel_not_found")
        .doesNotContain("Open the letter", "Retry", "Drop");
    assertThat(http.pageOf(member.token(), list).statusCode()).isEqualTo(403);
    assertThat(http.pageOf(member.token(), one).statusCode()).isEqualTo(403);
    for (String action : List.of("/content", "/retry", "/drop")) {
      assertThat(
              http.post(
                      one + action,
                      Map.of(),
                      "Cookie",
                      "bothy-session=" + auditor.token(),
                      "X-CSRF-TOKEN",
                      auditor.csrf())
                  .body())
          .contains("Not with your roles");
    }
    Workspace other = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone stranger = people.signedIn(other, "Eve", Role.OWNER);
    assertThat(
            http.pageOf(
                    stranger.token(), "/w/" + other.slug() + "/dead-letters/outbox/" + letter.id())
                .statusCode())
        .isEqualTo(404);
    dead(1);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
