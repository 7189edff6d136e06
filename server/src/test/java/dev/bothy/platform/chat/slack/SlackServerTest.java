package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Requests as Slack sends them against the running server, and what then reaches Slack.
@BothyTest
@Import(EchoFeature.class)
class SlackServerTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections connections;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String channel = "C0" + unique;
  private final String ada = "U0A" + unique;
  private final String ben = "U0B" + unique;
  private Optional<Workspace> workspace = Optional.empty();
  private SlackRequests requests = SlackRequests.signedWith(SIGNING_SECRET, new TestClock());

  @BeforeEach
  void connect() {
    slack.team().person(ada, "ada", "Ada Lovelace");
    slack.team().person(ben, "ben", "Ben Ali");
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER, ada, ben);
    requests = SlackRequests.signedWith(SIGNING_SECRET, clock);
    Workspace fresh = TestWorkspaces.fresh(workspaces);
    workspace = Optional.of(fresh);
    TestPeople.Someone admin = people.signedIn(fresh, "Admin", Role.ADMIN);
    List<String> scopes =
        connections.manifest(URI.create("https://bothy.test"), fresh.id()).scopes().stream()
            .map(SlackManifest.Scope::name)
            .toList();
    Outcome outcome =
        connections.connect(
            fresh.id(), admin.id(), slack.install(scopes.toArray(String[]::new)), SIGNING_SECRET);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(done.connected().missing()).isEmpty());
  }

  @Test
  void theChallengeIsAnswered() {
    HttpResponse<String> answer = requests.event("url-verification").sendTo(address("events"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(SlackRequests.recording("url-verification").path("challenge").asString());
  }

  @Test
  void anEventAndItsRetriesAndItsTwinHaveOneEffect() {
    SlackRequests.Request message = requests.event("message-channels", said("echo <once> & only"));
    accepted("events", message);
    accepted("events", requests.retry(message, 1, "http_timeout"));
    accepted("events", requests.retry(message, 2, "http_timeout"));
    accepted("events", requests.event("app-mention", said("echo <once> & only")));
    accepted("events", requests.event("message-thread", said("echo then")));

    await().atMost(SOON).until(() -> shown(heard -> heard.contains("then")).isPresent());
    assertThat(slack.team().messagesIn(channel))
        .extracting(Message::text)
        .containsExactly("heard: echo &lt;once&gt; &amp; only", "heard: echo then");
    assertThat(slack.team().messagesIn(channel).getFirst().threadTs()).isEqualTo("1795330801.7");
  }

  @Test
  void aRetryWhoseFirstTryNeverArrivedIsNotLost() {
    SlackRequests.Request lost = requests.event("message-channels", said("echo late"));
    accepted("events", requests.retry(lost, 3, "http_error"));

    assertThat(eventually(message -> message.text().startsWith("heard")).text())
        .isEqualTo("heard: echo late");
  }

  @Test
  void whatNobodyWantsIsAcknowledgedAndNotStored() {
    accepted("events", requests.event("unknown-event"));
    accepted("events", requests.event("message-channels", said("of no interest")));
    accepted("events", requests.event("message-bot-own", said("echo of our own")));
    accepted("interactions", requests.interaction("view-closed"));
    accepted("interactions", requests.interaction("shortcut"));

    assertThat(stored()).isZero();
  }

  @Test
  void aCommandIsAnsweredToThePersonAlone() {
    accepted("commands", command("list"));

    Message answer = eventually(message -> ada.equals(message.ephemeralFor()));
    assertThat(answer.text()).isNotBlank();
    assertThat(slack.calls("response_url")).isNotEmpty();
  }

  @Test
  void aFormIsOpenedCorrectedSentAndBecomesACardAndADirectMessage() {
    JsonNode view = openForm();

    ObjectNode wrong = filled(view, "Line " + unique, "Mars/Olympus");
    HttpResponse<String> refused =
        requests.interaction("view-submission", submission(wrong)).sendTo(address("interactions"));
    assertThat(refused.statusCode()).isEqualTo(200);
    JsonNode errors = JSON.readTree(refused.body());
    assertThat(errors.path("response_action").asString()).isEqualTo("errors");
    assertThat(errors.at("/errors/time-zone").asString()).contains("Europe/");

    ObjectNode right = filled(view, "Line " + unique, "Europe/Berlin");
    HttpResponse<String> done =
        requests.interaction("view-submission", submission(right)).sendTo(address("interactions"));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).isEmpty();

    Message card = eventually(message -> message.text().contains("Line " + unique));
    assertThat(card.text()).contains("<@" + ada + ">").contains("ben");
    assertThat(BlockKitRules.checkMessage(Objects.requireNonNull(card.blocks()))).isEmpty();
    await().atMost(SOON).until(() -> !slack.team().directMessagesTo(ada).isEmpty());
    assertThat(slack.team().directMessagesTo(ada).getFirst().text()).contains("Line " + unique);
  }

  @Test
  void aPressedButtonIsAnswered() {
    String trigger = slack.trigger(ada);
    accepted(
        "interactions",
        requests.interaction(
            "block-actions-button",
            payload -> {
              by(payload);
              payload.put("trigger_id", trigger);
              payload.put("response_url", slack.responseUrl(channel, ada).toString());
              ((ObjectNode) payload.at("/actions/0"))
                  .put("action_id", "rotations.new")
                  .put("value", "");
            }));

    assertThat(opened(trigger).text("trigger_id")).isEqualTo(trigger);
  }

  @Test
  void theHomeTabIsFilledWhenItIsOpenedAndItsButtonSaysWhereToMakeARotation() {
    assertThat(slack.homeOf(ada)).isEmpty();
    accepted(
        "events",
        requests.event(
            "app-home-opened",
            payload -> {
              payload.put("event_id", "Ev0HOME" + unique);
              ((ObjectNode) payload.path("event")).put("user", ada).remove("view");
            }));

    await().atMost(SOON).until(() -> atHome("There is no rotation yet"));
    accepted(
        "interactions",
        requests.interaction(
            "block-actions-home",
            payload -> {
              ((ObjectNode) payload.path("user")).put("id", ada);
              payload.put("trigger_id", slack.trigger(ada));
            }));

    await().atMost(SOON).until(() -> atHome("A rotation lives in a channel"));
    assertThat(slack.homeOf(ben)).isEmpty();
  }

  private boolean atHome(String text) {
    return slack.homeOf(ada).map(JsonNode::toString).orElse("").contains(text);
  }

  @Test
  void whatIsNotGenuineIsRefusedAndNotStored() {
    SlackRequests stranger = SlackRequests.signedWith("anotherSecret0000", clock);
    SlackRequests.Request genuine = requests.event("message-channels", said("echo forged"));

    assertThat(status(stranger.event("message-channels", said("echo forged")))).isEqualTo(401);
    assertThat(status(genuine.without("X-Slack-Signature"))).isEqualTo(401);
    assertThat(status(genuine.withBody("{}".getBytes(UTF_8)))).isEqualTo(401);
    assertThat(status(at(genuine, Duration.ofSeconds(-301)))).isEqualTo(401);
    assertThat(status(at(genuine, Duration.ofSeconds(302)))).isEqualTo(401);
    URI elsewhere = URI.create(base() + UUID.randomUUID() + "/events");
    assertThat(genuine.sendTo(elsewhere).statusCode()).isEqualTo(401);
    assertThat(genuine.sendTo(URI.create(base() + "nowhere/events")).statusCode()).isEqualTo(401);
    assertThat(stored()).isZero();
  }

  @Test
  void whatIsGenuineButUnreadableOrTooLargeIsRefusedAndNotStored() throws IOException {
    byte[] genuine = requests.event("message-channels", said("echo cut")).body();
    byte[] half = Arrays.copyOf(genuine, genuine.length / 2);
    assertThat(status(requests.signed("application/json", half))).isEqualTo(400);
    byte[] latin = "{\"type\":\"event_callback\",\"x\":\"ü\"}".getBytes(ISO_8859_1);
    assertThat(status(requests.signed("application/json", latin))).isEqualTo(400);
    byte[] large = new byte[1024 * 1024 + 1];
    assertThat(status(requests.signed("application/json", large))).isEqualTo(413);
    byte[] largest = " ".repeat(1024 * 1024).getBytes(US_ASCII);
    assertThat(status(requests.signed("application/json", largest))).isEqualTo(400);
    assertThat(truncatedInTransit(genuine)).startsWith("HTTP/1.1 400");
    assertThat(stored()).isZero();
  }

  /// As a person does: who is told that the form took too long to open types the command again.
  private JsonNode openForm() {
    for (int attempt = 1; attempt <= 5; attempt++) {
      String trigger = slack.trigger(ada);
      accepted("commands", command("new", trigger));
      SlackCall call = opened(trigger);
      if (call.error() == null) {
        return call.arguments().path("view");
      }
      assertThat(call.error()).isEqualTo("expired_trigger_id");
      eventually(message -> message.text().contains("too long to open"));
    }
    throw new AssertionError("Five times it took more than three seconds to open a form");
  }

  private SlackCall opened(String trigger) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                slack.calls("views.open").stream()
                    .filter(call -> call.text("trigger_id").equals(trigger))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private SlackRequests.Request command(String text) {
    return command(text, slack.trigger(ada));
  }

  private SlackRequests.Request command(String text, String trigger) {
    return requests.command(
        Map.of(
            "text", text,
            "user_id", ada,
            "channel_id", channel,
            "trigger_id", trigger,
            "response_url", slack.responseUrl(channel, ada).toString()));
  }

  private Consumer<ObjectNode> said(String text) {
    String escaped = SlackText.escape(text);
    return payload -> {
      ObjectNode event = (ObjectNode) payload.path("event");
      boolean reply = event.has("thread_ts");
      payload.put("event_id", "Ev" + unique + event.path("type").asString() + reply);
      event.put("text", escaped).put("channel", channel);
      event.put("ts", reply ? "1795330802.8" : "1795330801.7");
      if (!event.path("user").asString().equals(SlackTeam.BOT_USER)) {
        event.put("user", ada);
      }
    };
  }

  private ObjectNode filled(JsonNode view, String name, String zone) {
    ObjectNode filled = ((ObjectNode) view).deepCopy();
    ObjectNode values = filled.putObject("state").putObject("values");
    for (JsonNode block : view.path("blocks")) {
      String id = block.path("block_id").asString();
      JsonNode element = block.path("element");
      ObjectNode value = values.putObject(id).putObject("value");
      String type = element.path("type").asString();
      value.put("type", type);
      switch (type) {
        case "plain_text_input" ->
            value.put(
                "value",
                switch (id) {
                  case "name" -> name;
                  case "time-zone" -> zone;
                  default -> element.path("initial_value").asString(null);
                });
        case "static_select" -> value.set("selected_option", element.path("initial_option"));
        case "multi_users_select" -> value.putArray("selected_users").add(ada).add(ben);
        default -> value.putArray("selected_options");
      }
    }
    return filled;
  }

  private Consumer<ObjectNode> submission(ObjectNode view) {
    return payload -> {
      by(payload);
      payload.put("trigger_id", slack.trigger(ada));
      payload.set("view", view);
    };
  }

  private void by(ObjectNode payload) {
    ((ObjectNode) payload.path("user")).put("id", ada);
    if (payload.path("container") instanceof ObjectNode container) {
      container.put("channel_id", channel);
    }
  }

  private SlackRequests.Request at(SlackRequests.Request request, Duration ahead) {
    return requests.signed("application/json", request.body(), clock.instant().plus(ahead));
  }

  private Message eventually(Predicate<Message> wanted) {
    return await()
        .atMost(SOON)
        .until(
            () -> slack.team().messagesIn(channel).stream().filter(wanted).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Message> shown(Predicate<String> text) {
    return slack.team().messagesIn(channel).stream()
        .filter(message -> text.test(message.text()))
        .findFirst();
  }

  private void accepted(String path, SlackRequests.Request request) {
    HttpResponse<String> answer = request.sendTo(address(path));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  private int status(SlackRequests.Request request) {
    return request.sendTo(address("events")).statusCode();
  }

  private long stored() {
    return workspaces.inWorkspace(
        workspace.orElseThrow().id(),
        () -> jdbc.sql("select count(*) from inbox_item").query(Long.class).single());
  }

  /// Announces more bytes than it sends, then says that this was all.
  private String truncatedInTransit(byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(address("events").getPath(), body.length + 10);
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().write(body);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private URI address(String path) {
    return URI.create(base() + workspace.orElseThrow().id() + "/" + path);
  }

  private String base() {
    return "http://127.0.0.1:" + port + "/chat/slack/";
  }
}
