package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
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
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of a connection when Slack says that the app is gone, and when it is connected
/// again.
@BothyTest
class SlackEndingTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections slackConnections;
  @Autowired Connections connections;
  @Autowired Chat chat;
  @Autowired Audit audit;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String channel =
      "C0" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private Workspace workspace;
  private TestPeople.Someone admin;
  private ChatConnection connection;

  @BeforeEach
  void connect() {
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER);
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    connection = connected();
  }

  @Test
  void anUninstalledAppEndsTheConnectionOnceAndIsAudited() {
    tell("app-uninstalled", payload -> {});
    tell("app-uninstalled", payload -> {});
    tell("tokens-revoked", payload -> {});

    assertThat(state())
        .isInstanceOfSatisfying(
            ConnectionState.Ended.class,
            ended -> assertThat(ended.reason()).isEqualTo(SlackReason.UNINSTALLED));
    assertThat(audited("slack.ended"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("reason", "app-uninstalled"));
  }

  @Test
  void nothingGoesOutAnyMoreAndWhatWaitsIsGivenUpWithThatReason() {
    tell("tokens-revoked", payload -> {});

    UUID message =
        workspaces.inWorkspace(
            workspace.id(),
            () ->
                chat.send(
                    connection.id(), new OutboundMessage.Post(channel, null, Content.of("late"))));

    await().atMost(Duration.ofSeconds(20)).until(() -> problem(message).contains("tokens-revoked"));
    assertThat(slack.team().messagesIn(channel)).isEmpty();
  }

  @Test
  void connectingAgainRevivesTheSameConnection() {
    tell("app-uninstalled", payload -> {});

    assertThat(connected().id()).isEqualTo(connection.id());
    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
  }

  @Test
  void aLateWordOfAnEarlierInstallationEndsNothing() {
    tell("app-uninstalled", payload -> {});
    clock.advance(Duration.ofMinutes(5));
    connected();

    tell(
        "tokens-revoked",
        payload ->
            payload.put(
                "event_time", clock.instant().minus(Duration.ofMinutes(4)).getEpochSecond()));

    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
    clock.reset();
  }

  @Test
  void theTokenOfAPersonOrOfAnotherBotConcernsUsNot() {
    tell(
        "tokens-revoked",
        payload -> {
          ((ArrayNode) payload.at("/event/tokens/bot")).removeAll();
          ((ArrayNode) payload.at("/event/tokens/oauth")).add("U0ADA0001");
        });
    tell(
        "tokens-revoked",
        payload -> ((ArrayNode) payload.at("/event/tokens/bot")).removeAll().add("U0OTHERBOT"));

    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
    assertThat(audited("slack.ended")).isEmpty();
  }

  private ChatConnection connected() {
    List<String> scopes =
        slackConnections
            .manifest(URI.create("https://bothy.test"), workspace.id())
            .scopes()
            .stream()
            .map(SlackManifest.Scope::name)
            .toList();
    Outcome outcome =
        slackConnections.connect(
            workspace.id(),
            admin.id(),
            slack.install(scopes.toArray(String[]::new)),
            SIGNING_SECRET);
    return ((Outcome.Done) outcome).connected().connection();
  }

  private void tell(String recording, Consumer<ObjectNode> change) {
    int status =
        SlackRequests.signedWith(SIGNING_SECRET, clock)
            .event(
                recording,
                payload -> {
                  payload.put("event_time", clock.instant().getEpochSecond());
                  change.accept(payload);
                })
            .sendTo(
                URI.create(
                    "http://127.0.0.1:" + port + "/chat/slack/" + workspace.id() + "/events"))
            .statusCode();
    assertThat(status).isIn(200, 401);
  }

  private ConnectionState state() {
    return workspaces
        .inWorkspace(workspace.id(), () -> connections.known(connection.id()))
        .orElseThrow()
        .state();
  }

  private List<AuditEntry> audited(String action) {
    AuditFilter ofAction = new AuditFilter(null, action, null, null, null, null);
    return workspaces.inWorkspace(workspace.id(), () -> audit.page(ofAction, null, 50)).entries();
  }

  private String problem(UUID message) {
    return workspaces.inWorkspace(
        workspace.id(),
        () ->
            jdbc.sql("select coalesce(problem, '') from outbox_item where id = ?")
                .param(message)
                .query(String.class)
                .single());
  }
}
