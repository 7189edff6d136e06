package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bolt for JavaScript, Slack's own framework, takes the fake for Slack and our requests for
/// Slack's: it verifies their signatures, reads them, and acts on the fake.
///
/// Needs Node.js 20 or newer with npm, and the registry (or npm's cache) once, for `npm ci`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoltTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String ADA = "U0ADA0001";
  private static final String OPS = "C0OPS0001";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FakeSlack fake = FakeSlack.start(Clock.systemUTC());
  private final SlackRequests requests = SlackRequests.signedWith(SECRET, Clock.systemUTC());
  private Optional<Process> bolt = Optional.empty();
  private URI address = URI.create("http://127.0.0.1/");

  @BeforeAll
  void startBolt() throws Exception {
    Path node =
        BoltPackages.node(
            "the fake Slack and our recorded Slack requests against Bolt for JavaScript");

    fake.team().person(ADA, "ada", "Ada Lovelace");
    fake.team().person("U0BEN0002", "ben", "Ben Ali");
    fake.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA, "U0BEN0002");
    String token = fake.install("chat:write", "im:write", "users:read", "commands");
    ProcessBuilder builder =
        new ProcessBuilder(node.toString(), "app.mjs")
            .directory(BoltPackages.WORK.toFile())
            .redirectError(BoltPackages.WORK.resolve("bolt.log").toFile());
    builder.environment().put("SLACK_API_URL", fake.api().toString());
    builder.environment().put("SLACK_BOT_TOKEN", token);
    builder.environment().put("SLACK_SIGNING_SECRET", SECRET);
    Process process = builder.start();
    bolt = Optional.of(process);
    BufferedReader out = process.inputReader(UTF_8);
    String line = out.readLine();
    assertThat(line)
        .as("bolt.log: %s", Files.readString(BoltPackages.WORK.resolve("bolt.log")))
        .isNotNull();
    int port = JSON.readTree(line).path("listening").asInt();
    address = URI.create("http://127.0.0.1:" + port + "/slack/events");
  }

  @AfterAll
  void stop() throws Exception {
    if (bolt.isPresent()) {
      bolt.get().getOutputStream().close();
      if (!bolt.get().waitFor(5, TimeUnit.SECONDS)) {
        bolt.get().destroyForcibly().waitFor();
      }
    }
    fake.close();
  }

  @Test
  void itAnswersTheChallenge() {
    HttpResponse<String> answer = requests.event("url-verification").sendTo(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("challenge").asString())
        .isEqualTo(SlackRequests.recording("url-verification").path("challenge").asString());
  }

  @Test
  void itRefusesWhatIsNotSignedWithTheSecretOrIsStale() {
    SlackRequests stranger = SlackRequests.signedWith("another secret", Clock.systemUTC());
    SlackRequests.Request genuine = requests.event("app-mention");

    assertThat(stranger.event("app-mention").sendTo(address).statusCode()).isEqualTo(401);
    assertThat(genuine.withBody("{}".getBytes(UTF_8)).sendTo(address).statusCode()).isEqualTo(401);
    assertThat(
            requests
                .signed(
                    "application/json",
                    genuine.body(),
                    Clock.systemUTC().instant().minus(Duration.ofSeconds(301)))
                .sendTo(address)
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aMentionIsReadAndAnsweredInItsThread() {
    accepted(requests.event("app-mention"));

    SlackCall post = call("chat.postMessage", "mentioned by " + ADA);
    assertThat(post.text("channel")).isEqualTo(OPS);
    assertThat(post.text("thread_ts"))
        .isEqualTo(SlackRequests.recording("app-mention").at("/event/ts").asString());
  }

  @Test
  void aMessageIsReadAndItsAuthorGreetedDirectly() {
    accepted(requests.event("message-channels"));

    SlackCall post = call("chat.postMessage", "hello Ada Lovelace");
    assertThat(post.error()).isNull();
    assertThat(fake.team().directMessagesTo(ADA)).hasSize(1);
  }

  @Test
  void itsOwnMessagesAndUnknownEventsLeadToNothing() {
    accepted(requests.event("message-bot-own"));
    accepted(requests.event("unknown-event"));
    accepted(requests.event("member-joined-channel"));

    await().until(() -> !fake.calls("chat.delete").isEmpty());
    assertThat(fake.calls("chat.delete").getFirst().error()).isNull();
    assertThat(fake.team().messages().stream().filter(m -> m.text().equals("welcome"))).isEmpty();
    assertThat(fake.calls("users.info"))
        .noneMatch(call -> call.text("user").equals(SlackTeam.BOT_USER));
  }

  @Test
  void aRetryIsAcceptedLikeTheFirst() {
    SlackRequests.Request first = requests.event("app-uninstalled");
    int before = fake.calls("auth.test").size();
    accepted(first);
    accepted(requests.retry(first, 1, "http_timeout"));

    await().until(() -> fake.calls("auth.test").size() >= before + 2);
  }

  @Test
  void aCommandOpensAFormWithItsTriggerAndAnswersThroughItsUrl() {
    HttpResponse<String> answer =
        requests
            .command(
                Map.of(
                    "text", "new",
                    "trigger_id", fake.trigger(ADA),
                    "response_url", fake.responseUrl(OPS, ADA).toString()))
            .sendTo(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(call("response_url", "opened rotation-new").error()).isNull();
    assertThat(fake.calls("views.open").getFirst().error()).isNull();
    assertThat(fake.calls("views.open").getFirst().arguments().at("/view/title/text").asString())
        .isEqualTo("New rotation");
  }

  @Test
  void aCommandIsAnsweredInTheResponseBody() {
    HttpResponse<String> answer = requests.command(Map.of("text", "dance")).sendTo(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("text").asString()).isEqualTo("unknown: dance");
  }

  @Test
  void aButtonIsAnsweredToThePersonAndItsMessageReplaced() {
    String ts = postCard();
    accepted(
        requests.interaction(
            "block-actions-button",
            payload -> {
              payload.put("response_url", fake.responseUrl(OPS, ADA, ts).toString());
              payload.put("trigger_id", fake.trigger(ADA));
              ((ObjectNode) payload.path("container")).put("message_ts", ts);
              ((ObjectNode) payload.path("message")).put("ts", ts);
            }));

    assertThat(call("chat.postEphemeral", "thanks").error()).isNull();
    assertThat(call("response_url", "acknowledged by " + ADA).error()).isNull();
    assertThat(fake.team().messages())
        .anyMatch(m -> m.ts().equals(ts) && m.text().equals("acknowledged by " + ADA));
  }

  @Test
  void aFormWithAWrongFieldIsAnsweredWithTheFieldsName() {
    HttpResponse<String> answer =
        requests
            .interaction(
                "view-submission",
                payload ->
                    ((ObjectNode) payload.at("/view/state/values/name/value")).put("value", "ab"))
            .sendTo(address);

    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("response_action").asString()).isEqualTo("errors");
    assertThat(body.at("/errors/name").asString()).isEqualTo("at least 3 characters");
  }

  @Test
  void aFormIsReadAndItsResultPostedThenUpdated() {
    accepted(requests.interaction("view-submission"));

    SlackCall update = call("chat.update", "created First line by " + ADA);
    assertThat(update.error()).isNull();
    assertThat(fake.team().messages())
        .anyMatch(m -> m.edited() && m.text().equals("created First line by " + ADA));
  }

  @Test
  void aClosedFormIsAcknowledged() {
    accepted(requests.interaction("view-closed"));

    await()
        .until(
            () -> fake.calls("auth.test").stream().anyMatch(c -> !c.text("closed_by").isEmpty()));
  }

  @Test
  void aLimitMakesItWaitAsLongAsTheFakeSaysAndTryAgain() {
    fake.limitNext("chat.update", 1);
    Instant before = Clock.systemUTC().instant();
    accepted(
        requests.interaction(
            "view-submission",
            payload ->
                ((ObjectNode) payload.at("/view/state/values/name/value"))
                    .put("value", "Limited")));

    SlackCall update = succeeded("chat.update", "created Limited by " + ADA);
    assertThat(Duration.between(before, update.at())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  private String postCard() {
    return fake.team().post(OPS, "You are on duty");
  }

  private void accepted(SlackRequests.Request request) {
    HttpResponse<String> answer = request.sendTo(address);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private SlackCall call(String method, String text) {
    return call(method, seen -> seen.text("text").equals(text));
  }

  private SlackCall succeeded(String method, String text) {
    return call(method, seen -> seen.text("text").equals(text) && seen.error() == null);
  }

  private SlackCall call(String method, Predicate<SlackCall> wanted) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> fake.calls(method).stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }
}
