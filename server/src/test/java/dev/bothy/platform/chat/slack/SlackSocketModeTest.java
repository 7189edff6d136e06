package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.kernel.Problem;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.Leases;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The running server hears from Slack over sockets that it opened.
@BothyTest
@Import(EchoFeature.class)
class SlackSocketModeTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections connections;
  @Autowired SlackSecrets.Source secrets;
  @Autowired SlackSocketHealth health;
  @Autowired SlackSocketOpener opener;
  @Autowired SlackEnvelopes envelopes;
  @Autowired Leases leases;
  @Autowired Metrics metrics;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;

  private final FakeSlack slack = FakeSlack.shared();
  private final FakeSlackSockets sockets = slack.sockets();
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String app = "A0" + unique;
  private final String channel = "C0" + unique;
  private final String ada = "U0A" + unique;
  private Workspace workspace;
  private TestPeople.Someone admin;
  private ChatConnection connection;
  private String botToken = "";

  @BeforeEach
  void connect() {
    await().atMost(SOON).until(() -> sockets.open().isEmpty());
    slack.team().person(ada, "ada", "Ada Lovelace");
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER, ada);
    workspace = TestWorkspaces.fresh(workspaces);
    admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    String[] scopes =
        connections.manifest(URI.create("https://bothy.test"), workspace.id()).scopes().stream()
            .map(SlackManifest.Scope::name)
            .toArray(String[]::new);
    botToken = slack.install(scopes);
    Outcome outcome = connections.connect(workspace.id(), admin.id(), botToken, SIGNING_SECRET);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    connection = ((Outcome.Done) outcome).connected().connection();
  }

  @AfterEach
  void disconnect() {
    connections.leaveSockets(workspace.id(), admin.id(), connection.id());
    await().atMost(SOON).until(() -> sockets.open().isEmpty());
  }

  @Test
  void anEventIsAcknowledgedOnceItIsOnDiskAndDoneOnceHoweverOftenItComes() {
    open();
    ObjectNode message = said("echo over a socket");
    String first = sockets.deliver("events_api", message);
    JsonNode answer = acknowledged(first);
    assertThat(stored()).isEqualTo(1);
    assertThat(answer.has("payload")).isFalse();

    acknowledged(sockets.deliver("events_api", message));
    await().atMost(SOON).until(() -> shown("heard: echo over a socket").isPresent());
    acknowledged(sockets.deliver("events_api", message));
    assertThat(slack.team().messagesIn(channel)).hasSize(1);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void whatComesInAConversationKeepsItsOrder() {
    open();
    List<String> said = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    FakeSlackSockets.Open one = sockets.open().getFirst();
    sockets.open().getLast().drop();
    for (int number = 100; number < 120; number++) {
      said.add("heard: echo " + number);
      if (one.isOpen()) {
        ids.add(sockets.deliver("events_api", said("echo " + number)));
      }
    }
    ids.forEach(this::acknowledged);
    await().atMost(SOON).until(() -> slack.team().messagesIn(channel).size() == said.size());
    assertThat(slack.team().messagesIn(channel))
        .extracting(Message::text)
        .containsExactlyElementsOf(said);
  }

  @Test
  void aCommandIsAcknowledgedAndAnswered() {
    open();
    acknowledged(sockets.deliver("slash_commands", command("list")));

    await()
        .atMost(SOON)
        .until(() ->
            slack.team().messagesIn(channel).stream()
                .anyMatch(message -> ada.equals(message.ephemeralFor())));
  }

  @Test
  void whatIsWrongInAFormIsAnsweredInTheAcknowledgement() {
    open();
    JsonNode view = openedForm();
    JsonNode answer = acknowledged(sockets.deliver("interactive", submission(view)));

    assertThat(answer.at("/payload/response_action").asString()).isEqualTo("errors");
    assertThat(answer.at("/payload/errors/time-zone").asString()).contains("Europe/");
  }

  @Test
  void whatNobodyWantsIsAcknowledgedAndNotStored() {
    open();
    ObjectNode elsewhere = said("echo in another Slack workspace").put("team_id", "T0ELSEWHERE");
    elsewhere.remove("authorizations");
    acknowledged(sockets.deliver("events_api", elsewhere));
    acknowledged(sockets.deliver("events_api", SlackRequests.recording("unknown-event")));
    acknowledged(sockets.deliver("of_the_future", SlackRequests.recording("shortcut")));
    sockets.open().forEach(each -> each.say("not even JSON"));
    sockets.open().forEach(each -> each.say("{\"type\":\"events_api\",\"payload\":{}}"));
    acknowledged(sockets.deliver("interactive", SlackRequests.recording("shortcut")));

    assertThat(stored()).isZero();
    assertThat(sockets.open()).hasSize(2);
  }

  @Test
  void aRefreshHasNoGap() {
    open();
    for (FakeSlackSockets.Open old : sockets.open()) {
      old.askForRefresh("warning");
    }
    // Two new ones have been greeted while the two old ones are open.
    await().atMost(SOON).until(() -> sockets.open().size() == 4);
    acknowledged(sockets.deliver("events_api", said("echo during the refresh")));
    acknowledged(sockets.deliver("events_api", said("echo during the refresh, too")));
    // Slack leaves the old ones open; they are closed from our side.
    await().atMost(SOON).until(() -> sockets.open().size() == 2);
    acknowledged(sockets.deliver("events_api", said("echo after the refresh")));
  }

  @Test
  void aLostSocketIsReplacedAndWhatWasNotAcknowledgedComesAgain() {
    open();
    sockets.patience(Duration.ofMillis(500));
    try {
      sockets.open().forEach(FakeSlackSockets.Open::drop);
      String id = sockets.deliver("events_api", said("echo while nobody listens"));
      await().atMost(SOON).until(() -> sockets.open().size() == 2);
      acknowledged(id);
      await().atMost(SOON).until(() -> shown("heard: echo while nobody listens").isPresent());
    } finally {
      sockets.patience(Duration.ofSeconds(3));
    }
  }

  /// As behind a firewall that forgot the connection: nothing says that it is gone.
  @Test
  void aSocketThatFellSilentIsReplaced() {
    SlackSocket.Times quick =
        new SlackSocket.Times(
            Duration.ofMillis(100),
            Duration.ofMillis(800),
            Duration.ofSeconds(10),
            Duration.ofMillis(200));
    SlackSocketApp one = new SlackSocketApp(app, List.of(slack.appToken(app)), List.of(member()));
    SlackAppSockets.Parts parts =
        new SlackAppSockets.Parts(opener, envelopes, leases, metrics, clock, quick, 1);
    SlackAppSockets held = new SlackAppSockets(parts, one);
    Leases.Lease lease = leases.take("test." + unique, Duration.ofMinutes(5)).orElseThrow();
    held.start(lease, () -> true);
    try {
      await().atMost(SOON).until(() -> sockets.open().size() == 1);
      FakeSlackSockets.Open silent = sockets.open().getFirst();
      // Pings are answered, so it is kept although nothing happens.
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .until(() -> sockets.open().contains(silent) && sockets.open().size() == 1);

      silent.fallSilent();

      await().atMost(SOON).until(() -> !sockets.open().contains(silent));
      await().atMost(SOON).until(() -> sockets.open().size() == 1);
    } finally {
      held.stop();
      leases.giveBack(lease);
    }
  }

  @Test
  void slacksWordOnWhenToComeAgainIsKept() {
    slack.limitNext(SlackSocketOpener.METHOD, 4);
    // The check that comes with saving meets the limit and says so.
    Optional<Problem> busy = save(slack.appToken(app));
    assertThat(busy.orElseThrow().message()).contains("wait for 4 s");

    open();
    slack.limitNext(SlackSocketOpener.METHOD, 3);
    long before = System.nanoTime();
    sockets.open().getFirst().drop();
    await().atMost(SOON).until(() -> sockets.open().size() == 2);
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void theConsoleSaysHowTheSocketsAre() {
    open();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(health.report(workspace.id()))
                .singleElement()
                .satisfies(line -> {
                  assertThat(line.name()).isEqualTo("Slack Bothy Test");
                  assertThat(line.state()).isEqualTo(PartHealth.State.OK);
                  assertThat(line.sentence()).startsWith("2 sockets open since ");
                }));

    slack.refuseNext(SlackSocketOpener.METHOD, "internal_error");
    slack.refuseNext(SlackSocketOpener.METHOD, "invalid_auth");
    sockets.open().getFirst().drop();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(health.report(workspace.id()))
                .singleElement()
                .satisfies(line -> {
                  assertThat(line.state()).isEqualTo(PartHealth.State.DEGRADED);
                  assertThat(line.sentence()).contains("of 2").contains("invalid_auth");
                }));
  }

  @Test
  void aConnectionThatSlackCallsHasNoSocketsAndNoLine() {
    assertThat(health.report(workspace.id())).isEmpty();
    assertThat(sockets.open()).isEmpty();
  }

  @Test
  void aTokenThatOpensNothingIsNotKept() {
    String unknown = "xapp-1-" + app + "-1-nobodyknowsthisone";
    assertThat(save(unknown).orElseThrow().message())
        .contains("does not know this app-level token");
    assertThat(save("xoxb-1-2-ofanotherkind").orElseThrow().field()).isEqualTo("app-token");
    assertThat(save("xapp-").orElseThrow().message()).contains("connections:write");
    assertThat(secrets.of(connection).orElseThrow().appToken()).isNull();
    assertThat(connections.leaveSockets(workspace.id(), admin.id(), connection.id())).isFalse();
  }

  @Test
  void pastingTheBotTokenAnewKeepsTheSockets() {
    open();
    connections.connect(
        workspace.id(), admin.id(), slack.install("chat:write", "commands"), SIGNING_SECRET);

    assertThat(secrets.of(connection).orElseThrow().appToken()).startsWith("xapp-");
    assertThat(sockets.open()).hasSize(2);
  }

  /// Slack hands an event to any of the app's sockets, whoever opened it.
  @Test
  void twoWorkspacesOfOneAppShareItsSocketsAndBothAreServed() {
    open();
    Workspace other = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone otherAdmin = people.signedIn(other, "Admin", Role.ADMIN);
    Outcome.Done done =
        (Outcome.Done)
            connections.connect(
                other.id(),
                otherAdmin.id(),
                slack.install("chat:write", "users:read"),
                SIGNING_SECRET,
                slack.appToken(app));
    ChatConnection second = done.connected().connection();
    try {
      acknowledged(sockets.deliver("events_api", said("echo twice")));
      assertThat(sockets.open()).hasSize(2);
      await().atMost(SOON).until(() -> slack.team().messagesIn(channel).size() == 2);
    } finally {
      connections.leaveSockets(other.id(), otherAdmin.id(), second.id());
    }
  }

  private void open() {
    assertThat(save(slack.appToken(app))).isEmpty();
    await().atMost(SOON).until(() -> sockets.open().size() == 2);
  }

  private Optional<Problem> save(String token) {
    return switch (connections.connect(
        workspace.id(), admin.id(), botToken, SIGNING_SECRET, token)) {
      case Outcome.Done _ -> Optional.empty();
      case Outcome.Refused(Problem problem) -> Optional.of(problem);
    };
  }

  private SlackSocketApp.Member member() {
    return new SlackSocketApp.Member(
        connection, secrets.of(connection).orElseThrow().identity(connection));
  }

  private JsonNode openedForm() {
    String trigger = slack.trigger(ada);
    acknowledged(sockets.deliver("slash_commands", command("new").put("trigger_id", trigger)));
    return await()
        .atMost(SOON)
        .until(
            () ->
                slack.calls("views.open").stream()
                    .filter(call -> call.text("trigger_id").equals(trigger))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .arguments()
        .path("view");
  }

  /// Everything left empty but the zone, which is none.
  private ObjectNode submission(JsonNode view) {
    ObjectNode payload = SlackRequests.recording("view-submission");
    ((ObjectNode) payload.path("user")).put("id", ada);
    payload.put("trigger_id", slack.trigger(ada));
    ObjectNode filled = ((ObjectNode) view).deepCopy();
    ObjectNode values = filled.putObject("state").putObject("values");
    for (JsonNode block : view.path("blocks")) {
      ObjectNode value = values.putObject(block.path("block_id").asString()).putObject("value");
      String type = block.at("/element/type").asString();
      value.put("type", type);
      switch (type) {
        case "plain_text_input" ->
            value.put(
                "value",
                block.path("block_id").asString().equals("time-zone")
                    ? "Mars/Olympus"
                    : block.at("/element/initial_value").asString("Line"));
        case "static_select" -> value.set("selected_option", block.at("/element/initial_option"));
        case "multi_users_select" -> value.putArray("selected_users").add(ada);
        default -> value.putArray("selected_options");
      }
    }
    payload.set("view", filled);
    return payload;
  }

  private ObjectNode command(String text) {
    return SlackRequests.recording("slash-command")
        .put("text", text)
        .put("user_id", ada)
        .put("channel_id", channel)
        .put("trigger_id", slack.trigger(ada))
        .put("response_url", slack.responseUrl(channel, ada).toString());
  }

  private ObjectNode said(String text) {
    ObjectNode payload = SlackRequests.recording("message-channels");
    payload.put("event_id", "Ev" + UUID.randomUUID());
    ((ObjectNode) payload.path("event"))
        .put("text", text)
        .put("channel", channel)
        .put("user", ada)
        .put("ts", slack.team().nextTs());
    return payload;
  }

  private JsonNode acknowledged(String envelope) {
    return await()
        .atMost(SOON)
        .until(() -> sockets.answer(envelope), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Message> shown(String text) {
    Predicate<Message> wanted = message -> message.text().equals(text);
    return slack.team().messagesIn(channel).stream().filter(wanted).findFirst();
  }

  private long stored() {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> jdbc.sql("select count(*) from inbox_item").query(Long.class).single());
  }
}
