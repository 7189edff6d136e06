package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/// `/bothy` as Slack sends it, with addresses compared.
@BothyTest
@TestPropertySource(properties = "bothy.chat-links.match-by-email=true")
class SlackLinkingTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired Members members;
  @Autowired SlackConnections connections;
  @Autowired TestClock clock;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();

  @Test
  void whoeverHasAMembersAddressIsKnownAndWhoeverHasNotIsSentALink() {
    String unique = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    String channel = "C0" + unique;
    String ada = "U0A" + unique;
    String ben = "U0B" + unique;
    slack.team().person(ada, "ada-" + unique, "Ada Lovelace");
    slack.team().person(ben, "ben-" + unique, "Ben Ali");
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER, ada, ben);
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    connect(workspace);
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            members.provision(
                new Members.Profile(
                    "Alice Arden", "alice-" + unique, "ADA-" + unique + "@example.com"),
                new Actor.System()));

    command(workspace, channel, ada, "whoami");
    awaitTold(channel, ada, "This account is *Alice Arden*");
    command(workspace, channel, ben, "whoami");
    awaitTold(channel, ben, "does not know whose account this is");
    command(workspace, channel, ben, "link");
    awaitTold(channel, ben, "is in your direct messages from Bothy");
    await()
        .atMost(SOON)
        .until(() ->
            slack.team().directMessagesTo(ben).stream()
                .anyMatch(message ->
                    message
                        .toString()
                        .contains("/w/" + workspace.slug() + "/link-account?token=")));
    assertThat(slack.team().messagesIn(channel))
        .noneMatch(message -> message.toString().contains("link-account"));
  }

  private void connect(Workspace workspace) {
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    List<String> scopes =
        connections.manifest(URI.create("https://bothy.test"), workspace.id()).scopes().stream()
            .map(SlackManifest.Scope::name)
            .toList();
    assertThat(scopes).contains("users:read.email");
    Outcome outcome =
        connections.connect(
            workspace.id(),
            admin.id(),
            slack.install(scopes.toArray(String[]::new)),
            SIGNING_SECRET);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  private void command(Workspace workspace, String channel, String account, String text) {
    SlackRequests.Request request =
        SlackRequests.signedWith(SIGNING_SECRET, clock)
            .command(
                Map.of(
                    "command",
                    "/bothy",
                    "text",
                    text,
                    "user_id",
                    account,
                    "channel_id",
                    channel,
                    "trigger_id",
                    slack.trigger(account),
                    "response_url",
                    slack.responseUrl(channel, account).toString()));
    URI address =
        URI.create("http://127.0.0.1:" + port + "/chat/slack/" + workspace.id() + "/commands");
    assertThat(request.sendTo(address).statusCode()).isEqualTo(200);
  }

  private void awaitTold(String channel, String account, String text) {
    await(text)
        .atMost(SOON)
        .until(() ->
            slack.team().messagesIn(channel).stream()
                .filter(message -> account.equals(message.ephemeralFor()))
                .map(Message::toString)
                .anyMatch(message -> message.contains(text)));
  }
}
