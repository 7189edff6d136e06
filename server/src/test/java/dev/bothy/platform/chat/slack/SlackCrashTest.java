package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.BothyServer;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ServerProcess;
import dev.bothy.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The server is killed in the middle of work. What it had acknowledged is done after the restart,
/// once in the database; at Slack, which takes no idempotency key, at least once.
@Tag("real")
class SlackCrashTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String ADA = "U0CRASH";
  private static final String CHANNEL = "C0CRASH";
  private static final int COMMANDS = 150;

  @TempDir private Path folder = Path.of("");

  private final TestDatabase database = TestDatabase.create();
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();

  @Test
  void whatWasAcknowledgedBeforeAKillIsDoneAfterTheRestart() throws Exception {
    Clock clock = Clock.systemUTC();
    try (FakeSlack slack = FakeSlack.start(clock)) {
      slack.team().person(ADA, "ada", "Ada Lovelace");
      slack.team().channel(CHANNEL, "crash", SlackTeam.BOT_USER, ADA);
      List<String> settings = settings(slack);
      WorkspaceId workspace = connect(slack, settings);
      int port = ServerProcess.freePort();
      URI commands =
          URI.create("http://127.0.0.1:" + port + "/chat/slack/" + workspace + "/commands");

      ServerProcess first = ServerProcess.start(port, settings);
      try {
        sendUntilKilled(slack, clock, commands, first);
      } finally {
        first.kill();
      }
      assertThat(acknowledged).hasSizeLessThan(COMMANDS).isNotEmpty();
      long unfinished =
          number("select count(*) from inbox_item where state = 'waiting'")
              + number("select count(*) from outbox_item where state in ('waiting', 'sending')");
      assertThat(unfinished).as("work in hand when it was killed").isPositive();

      try (ServerProcess second = ServerProcess.start(port, settings)) {
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(() -> {
              assertThat(number("select count(*) from inbox_item where state = 'waiting'"))
                  .isZero();
              assertThat(
                      number(
                          "select count(*) from outbox_item where state in ('waiting', 'sending')"))
                  .isZero();
            });
        assertThat(second.address()).isNotNull();
      }

      List<String> rotations = texts("select name from rotation");
      assertThat(rotations).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(texts("select distinct state from inbox_item")).containsExactly("done");
      assertThat(texts("select distinct state from outbox_item")).containsExactly("sent");
      int repeated = repeatedAtSlack(slack, rotations);
      System.out.printf(
          "Killed with %d of %d commands acknowledged and %d pieces of work unfinished: all done"
              + " after the restart, %d messages repeated at Slack.%n",
          acknowledged.size(), COMMANDS, unfinished, repeated);
      // One attempt per lane can be under way when the server dies, and all cards share a lane.
      assertThat(repeated).isLessThanOrEqualTo(2);
    }
  }

  private void sendUntilKilled(FakeSlack slack, Clock clock, URI commands, ServerProcess server) {
    SlackRequests requests = SlackRequests.signedWith(SIGNING_SECRET, clock);
    AtomicInteger sent = new AtomicInteger();
    try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
      for (int number = 0; number < COMMANDS; number++) {
        String name = "Crash-%03d".formatted(number);
        senders.submit(() -> {
          if (sent.incrementAndGet() == COMMANDS / 2) {
            server.kill();
          }
          SlackRequests.Request command =
              requests.command(
                  Map.of(
                      "text",
                      "new \"" + name + "\" daily 09:00 Europe/Berlin <@" + ADA + ">",
                      "user_id",
                      ADA,
                      "channel_id",
                      CHANNEL,
                      "trigger_id",
                      slack.trigger(ADA),
                      "response_url",
                      slack.responseUrl(CHANNEL, ADA).toString()));
          if (command.sendTo(commands).statusCode() == 200) {
            acknowledged.add(name);
          }
          return true;
        });
      }
    }
  }

  /// How many messages Slack has more than once, the card of each rotation being one.
  private static int repeatedAtSlack(FakeSlack slack, List<String> rotations) {
    List<String> cards =
        slack.calls("chat.postMessage").stream()
            .filter(call -> call.error() == null)
            .filter(call -> call.arguments().path("channel").asString("").equals(CHANNEL))
            .map(call -> call.arguments().toString())
            .toList();
    int repeated = 0;
    for (String rotation : rotations) {
      long seen = cards.stream().filter(card -> card.contains(rotation)).count();
      assertThat(seen).as("cards of " + rotation).isPositive();
      repeated += (int) seen - 1;
    }
    return repeated;
  }

  private WorkspaceId connect(FakeSlack slack, List<String> settings) {
    String[] arguments = settings.stream().map(setting -> "--" + setting).toArray(String[]::new);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(BothyServer.class)
            .web(WebApplicationType.SERVLET)
            .properties("server.port=0")
            .run(arguments)) {
      WorkspaceId workspace = context.getBean(Workspaces.class).create("crash", "Crash").id();
      SlackConnections connections = context.getBean(SlackConnections.class);
      String[] scopes =
          connections.manifest(URI.create("https://bothy.test"), workspace).scopes().stream()
              .map(SlackManifest.Scope::name)
              .toArray(String[]::new);
      assertThat(
              connections.connect(
                  workspace,
                  new PersonId(UUID.randomUUID()),
                  slack.install(scopes),
                  SIGNING_SECRET))
          .isInstanceOf(Outcome.Done.class);
      return workspace;
    }
  }

  private List<String> settings(FakeSlack slack) throws IOException {
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(List.of(slack.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.keys.local-file=" + Files.createDirectories(folder).resolve("key"),
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.work.lease=5s",
            "bothy.egress.region=test",
            "bothy.egress.allowed-regions=us",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*"));
    return settings;
  }

  private long number(String query) {
    return Long.parseLong(texts(query).getFirst());
  }

  private List<String> texts(String query) {
    List<String> all = new ArrayList<>();
    try (Connection superuser = database.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("set search_path = bothy");
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          all.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return all;
  }
}
