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
import java.net.URI;
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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The server is killed at the worst instant: Slack has a message and has not answered yet. Counts
/// what stands there twice afterwards, where the app may read the conversations and where it may
/// not. `-Dbothy.window.rounds=20` kills it twenty times; the table in
/// `docs/concepts/how-an-event-flows.md` is from such a run.
@Tag("real")
class SlackWindowTest {
  private static final int ROUNDS = Integer.getInteger("bothy.window.rounds", 1);
  private static final int CHANNELS = 8;
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String ADA = "U0WINDOW";

  @TempDir private Path folder = Path.of("");

  private final TestDatabase database = TestDatabase.create();
  private volatile CountDownLatch answering = new CountDownLatch(0);

  /// A workspace whose app has these scopes beyond what its features need.
  ///
  /// @param channels its own, by id
  private record Place(WorkspaceId workspace, List<String> channels) {}

  @Test
  void whatSlackHasWhenTheServerIsKilledStandsThereOnceIfTheAppMayReadAndTwiceIfNot()
      throws Exception {
    try (FakeSlack slack = FakeSlack.start(Clock.systemUTC())) {
      slack.team().person(ADA, "ada", "Ada Lovelace");
      List<String> settings = settings(slack);
      Place readable = new Place(newWorkspace(slack, settings, "readable"), channels(slack, "R"));
      Place closed = new Place(newWorkspace(slack, settings, "closed"), channels(slack, "X"));
      slack.beforeAnswer(this::hold);
      int port = ServerProcess.freePort();
      int twiceReadable = 0;
      int twiceClosed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        String name = "Round-%03d".formatted(round);
        int asked = (round + 1) * CHANNELS;
        ServerProcess server = ServerProcess.start(port, settings);
        answering = new CountDownLatch(1);
        try {
          command(slack, port, name, readable, closed);
          await()
              .atMost(Duration.ofMinutes(2))
              .until(() ->
                  posted(slack, readable, name) == CHANNELS
                      && posted(slack, closed, name) == CHANNELS);
        } finally {
          server.kill();
          answering.countDown();
        }
        try (ServerProcess second = ServerProcess.start(port, settings)) {
          await().atMost(Duration.ofMinutes(2)).until(() -> unfinished() == 0);
          assertThat(second.address()).isNotNull();
        }
        twiceReadable += posted(slack, readable, name) - CHANNELS;
        twiceClosed += posted(slack, closed, name) - CHANNELS;
        System.out.printf(
            "%d kills with %d messages each in doubt: %d stand twice where the app may read, %d"
                + " where it may not.%n",
            round + 1, asked, twiceReadable, twiceClosed);
      }
      assertThat(twiceReadable).isZero();
      assertThat(twiceClosed).isEqualTo(ROUNDS * CHANNELS);
    }
  }

  /// Slack has done what it was asked and keeps its answer until the server is dead.
  private void hold(String method) {
    try {
      if (method.equals("chat.postMessage")) {
        answering.await();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static int posted(FakeSlack slack, Place place, String name) {
    return (int)
        place.channels().stream()
            .flatMap(channel -> slack.team().messagesIn(channel).stream())
            .filter(message -> message.ephemeralFor() == null && message.text().contains(name))
            .count();
  }

  private void command(FakeSlack slack, int port, String name, Place... places) throws Exception {
    SlackRequests requests = SlackRequests.signedWith(SIGNING_SECRET, Clock.systemUTC());
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (Place place : places) {
        URI address =
            URI.create(
                "http://127.0.0.1:%d/chat/slack/%s/commands".formatted(port, place.workspace()));
        for (String channel : place.channels()) {
          SlackRequests.Request request =
              requests.command(
                  Map.of(
                      "text",
                      "new \"%s %s\" daily 09:00 Europe/Berlin <@%s>".formatted(name, channel, ADA),
                      "user_id",
                      ADA,
                      "channel_id",
                      channel,
                      "trigger_id",
                      slack.trigger(ADA),
                      "response_url",
                      slack.responseUrl(channel, ADA).toString()));
          answers.add(senders.submit(() -> request.sendTo(address).statusCode()));
        }
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  private static List<String> channels(FakeSlack slack, String kind) {
    List<String> channels = new ArrayList<>();
    for (int number = 0; number < CHANNELS; number++) {
      String channel = "C0" + kind + "%06d".formatted(number);
      slack.team().channel(channel, "window-" + channel, SlackTeam.BOT_USER, ADA);
      channels.add(channel);
    }
    return channels;
  }

  private WorkspaceId newWorkspace(FakeSlack slack, List<String> settings, String slug) {
    String[] arguments = settings.stream().map(setting -> "--" + setting).toArray(String[]::new);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(BothyServer.class)
            .web(WebApplicationType.SERVLET)
            .properties("server.port=0")
            .run(arguments)) {
      WorkspaceId workspace = context.getBean(Workspaces.class).create(slug, slug).id();
      SlackConnections connections = context.getBean(SlackConnections.class);
      Stream<String> needed =
          connections.manifest(URI.create("https://bothy.test"), workspace).scopes().stream()
              .map(SlackManifest.Scope::name)
              .filter(scope -> !scope.endsWith(":history"));
      Stream<String> more =
          slug.equals("readable")
              ? Stream.of("channels:history", "groups:history", "im:history")
              : Stream.of();
      String token = slack.install(Stream.concat(needed, more).toArray(String[]::new));
      assertThat(
              connections.connect(
                  workspace, new PersonId(UUID.randomUUID()), token, SIGNING_SECRET))
          .isInstanceOf(Outcome.Done.class);
      return workspace;
    }
  }

  private List<String> settings(FakeSlack slack) {
    List<String> settings = new ArrayList<>(List.of(database.properties()));
    settings.addAll(List.of(slack.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.keys.local-file=" + folder.resolve("key"),
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.work.lease=5s",
            "bothy.work.workers=32",
            "bothy.egress.region=test",
            "bothy.egress.allowed-regions=us",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*"));
    return settings;
  }

  private long unfinished() {
    String query =
        "select (select count(*) from inbox_item where state = 'waiting')"
            + " + (select count(*) from outbox_item where state in ('waiting', 'sending'))";
    try (Connection superuser = database.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("set search_path = bothy");
      try (ResultSet rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
