package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Slack's own Socket Mode client (in Bolt for JavaScript) takes the fake's sockets for Slack's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoltSocketTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String OPS = "C0OPS0001";

  private final FakeSlack fake = FakeSlack.start(Clock.systemUTC());
  private Optional<Process> bolt = Optional.empty();

  @BeforeAll
  void startBolt() throws Exception {
    Path node = BoltPackages.node("the fake Slack's sockets against Bolt for JavaScript");
    fake.team().person("U0ADA0001", "ada", "Ada Lovelace");
    fake.team().channel(OPS, "ops", SlackTeam.BOT_USER, "U0ADA0001");
    Path log = BoltPackages.WORK.resolve("socket.log");
    ProcessBuilder builder =
        new ProcessBuilder(node.toString(), "socket.mjs")
            .directory(BoltPackages.WORK.toFile())
            .redirectError(log.toFile());
    builder.environment().put("SLACK_API_URL", fake.api().toString());
    builder.environment().put("SLACK_BOT_TOKEN", fake.install("chat:write", "commands"));
    builder.environment().put("SLACK_APP_TOKEN", fake.appToken(SlackTeam.APP_ID));
    Process process = builder.start();
    bolt = Optional.of(process);
    BufferedReader out = process.inputReader(UTF_8);
    assertThat(out.readLine()).as("socket.log: %s", Files.readString(log)).contains("connected");
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
  void anEventIsAcknowledgedAndActedOn() {
    String id = fake.sockets().deliver("events_api", SlackRequests.recording("app-mention"));

    JsonNode answer = answered(id);
    assertThat(answer.has("payload") && !answer.path("payload").isEmpty()).isFalse();
    await()
        .atMost(SOON)
        .until(() ->
            fake.team().messagesIn(OPS).stream()
                .anyMatch(message -> message.text().equals("mentioned by U0ADA0001")));
  }

  @Test
  void aCommandIsAnsweredInItsAcknowledgement() {
    ObjectNode command = SlackRequests.recording("slash-command").put("text", "list");

    JsonNode answer = answered(fake.sockets().deliver("slash_commands", command));

    assertThat(answer.at("/payload/text").asString()).isEqualTo("heard list");
  }

  @Test
  void aFormWithAWrongFieldIsAnsweredInItsAcknowledgement() {
    ObjectNode submission = SlackRequests.recording("view-submission");
    ((ObjectNode) submission.at("/view/state/values/name/value")).put("value", "ab");

    JsonNode answer = answered(fake.sockets().deliver("interactive", submission));

    assertThat(answer.at("/payload/response_action").asString()).isEqualTo("errors");
    assertThat(answer.at("/payload/errors/name").asString()).isEqualTo("at least 3 characters");
  }

  @Test
  void itOpensAnotherSocketWhenAskedTo() {
    await().atMost(SOON).until(() -> !fake.sockets().open().isEmpty());
    FakeSlackSockets.Open first = fake.sockets().open().getFirst();
    int before = fake.sockets().opened();

    first.askForRefresh("refresh_requested");

    await().atMost(SOON).until(() -> fake.sockets().opened() > before);
    first.drop();
    answered(fake.sockets().deliver("events_api", SlackRequests.recording("member-left-channel")));
  }

  private JsonNode answered(String envelope) {
    return await()
        .atMost(SOON)
        .until(() -> fake.sockets().answer(envelope), Optional::isPresent)
        .orElseThrow();
  }
}
