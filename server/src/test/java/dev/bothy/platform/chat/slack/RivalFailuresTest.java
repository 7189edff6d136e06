package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.BothyServer;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.DeadLetter;
import dev.bothy.platform.work.DeadLetters;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// The five ways in which other bots lost or repeated events, each as Slack's signed requests
/// against the running server.
@BothyTest
@Import(EchoFeature.class)
class RivalFailuresTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired SlackConnections connections;
  @Autowired DeadLetters letters;
  @Autowired EchoFeature echo;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;
  @TempDir private Path folder = Path.of("");

  private final FakeSlack slack = FakeSlack.shared();
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String channel = "C0" + unique;
  private final String ada = "U0A" + unique;
  private final String ben = "U0B" + unique;
  private WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
  private SlackRequests requests = SlackRequests.signedWith(SIGNING_SECRET, new TestClock());

  @BeforeEach
  void connect() {
    people(slack);
    requests = SlackRequests.signedWith(SIGNING_SECRET, clock);
    workspace = TestWorkspaces.fresh(workspaces).id();
    connect(connections, slack, workspace);
  }

  /// Others dropped whatever carried Slack's retry header: when the first try had failed, nothing
  /// was left.
  @Test
  void aNetworksRetryIsNeverDroppedWhenTheFirstTryFailed() throws Exception {
    SlackRequests.Request neverArrived = said("echo one", ada, channel, "1.000001");
    accepted(requests.retry(neverArrived, 1, "http_timeout"));
    assertThat(heard("echo one")).isEqualTo(1);

    // The first try hangs while the database does not answer, and so does the second.
    SlackRequests.Request hangs = said("echo two", ada, channel, "1.000002");
    try (ExecutorService network = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> tries = new ArrayList<>();
      try (Connection superuser = TestDatabase.shared().connect("postgres");
          Statement statement = superuser.createStatement()) {
        superuser.setAutoCommit(false);
        statement.execute("lock table bothy.inbox_item in access exclusive mode");
        tries.add(network.submit(() -> status(hangs)));
        tries.add(network.submit(() -> status(requests.retry(hangs, 1, "http_timeout"))));
        assertThat(tries).noneMatch(Future::isDone);
        superuser.rollback();
      }
      for (Future<Integer> each : tries) {
        assertThat(each.get()).isEqualTo(200);
      }
    }
    assertThat(heard("echo two")).isEqualTo(1);
  }

  /// Others kept what they had done in memory: a restart did it again.
  @Test
  void aRestartDoesNotForgetWhatWasDone() {
    TestDatabase database = TestDatabase.create();
    try (FakeSlack other = FakeSlack.start(Clock.systemUTC())) {
      people(other);
      SlackRequests live = SlackRequests.signedWith(SIGNING_SECRET, Clock.systemUTC());
      SlackRequests.Request first = message(live, "echo once", ada, channel, "2.000001");
      SlackRequests.Request second = message(live, "echo then", ada, channel, "2.000002");
      WorkspaceId place;
      try (ConfigurableApplicationContext server = server(other, database)) {
        place = server.getBean(Workspaces.class).create("restart", "Restart").id();
        connect(server.getBean(SlackConnections.class), other, place);
        assertThat(first.sendTo(events(server, place)).statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> other.team().messagesIn(channel).size() == 1);
      }
      try (ConfigurableApplicationContext server = server(other, database)) {
        URI events = events(server, place);
        assertThat(live.retry(first, 1, "http_timeout").sendTo(events).statusCode()).isEqualTo(200);
        assertThat(second.sendTo(events).statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> other.team().messagesIn(channel).size() == 2);
      }
      assertThat(other.team().messagesIn(channel))
          .extracting(Message::text)
          .containsExactly("heard: echo once", "heard: echo then");
    }
  }

  /// Others noted an event's id first and failed afterwards: it could never be tried again.
  @Test
  void anIdIsNotRecordedBeforeSuccess() {
    echo.fail("echo hard", 3);
    SlackRequests.Request event = said("echo hard", ada, channel, "3.000001");
    accepted(event);
    accepted(requests.retry(event, 1, "http_error"));

    assertThat(heard("echo hard")).isEqualTo(1);
    assertThat(echo.failuresLeft("echo hard")).isZero();
    accepted(requests.retry(event, 2, "http_error"));
    accepted(said("echo end", ada, channel, "3.000002"));
    assertThat(heard("echo end")).isEqualTo(1);
    assertThat(heard("echo hard")).isEqualTo(1);
  }

  /// Others made the key from what an event says: the second of two equal ones was taken for a
  /// repetition.
  @Test
  void distinctEventsNeverCollapseUnderAStateShapedKey() {
    String elsewhere = "C1" + unique;
    slack.team().channel(elsewhere, "elsewhere", SlackTeam.BOT_USER, ada, ben);
    accepted(said("echo yes", ada, channel, "4.000001"));
    accepted(said("echo yes", ada, channel, "4.000002"));
    accepted(said("echo yes", ben, channel, "4.000003"));
    accepted(said("echo yes", ada, elsewhere, "4.000001"));

    await().atMost(SOON).until(() -> count("echo yes", channel) == 3);
    await().atMost(SOON).until(() -> count("echo yes", elsewhere) == 1);
    assertThat(stored()).isEqualTo(4);
  }

  /// Others caught the error and marked the event as done: it was gone, and nobody knew.
  @Test
  void aSwallowedErrorNeverTombstonesAnEvent() {
    echo.fail("echo broken", Integer.MAX_VALUE);
    accepted(said("echo broken", ada, channel, "5.000001"));
    accepted(said("echo after", ada, channel, "5.000002"));

    assertThat(heard("echo after")).isEqualTo(1);
    List<DeadLetter> dead = await().atMost(SOON).until(this::dead, found -> !found.isEmpty());
    assertThat(dead.getFirst().problem()).isEqualTo("IllegalStateException");
    assertThat(count("echo broken", channel)).isZero();

    echo.fail("echo broken", 0);
    assertThat(
            workspaces.inWorkspace(
                workspace, () -> letters.retry(DeadLetter.Box.INBOX, dead.getFirst().id())))
        .isTrue();
    assertThat(heard("echo broken")).isEqualTo(1);
    assertThat(dead()).isEmpty();
  }

  private void people(FakeSlack fake) {
    fake.team().person(ada, "ada", "Ada Lovelace");
    fake.team().person(ben, "ben", "Ben Ali");
    fake.team().channel(channel, "ops", SlackTeam.BOT_USER, ada, ben);
  }

  private static void connect(SlackConnections connections, FakeSlack fake, WorkspaceId workspace) {
    String[] scopes =
        connections.manifest(URI.create("https://bothy.test"), workspace).scopes().stream()
            .map(SlackManifest.Scope::name)
            .toArray(String[]::new);
    assertThat(
            connections.connect(
                workspace, new PersonId(UUID.randomUUID()), fake.install(scopes), SIGNING_SECRET))
        .isInstanceOf(Outcome.Done.class);
  }

  private ConfigurableApplicationContext server(FakeSlack fake, TestDatabase database) {
    String[] settings =
        Stream.of(
                Arrays.stream(database.properties()),
                Arrays.stream(fake.properties()),
                Stream.of(
                    "server.port=0",
                    "bothy.installation.mode=embedded",
                    "bothy.keys.local-file=" + folder.resolve("key"),
                    "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
                    "bothy.egress.region=test",
                    "bothy.egress.allowed-regions=us",
                    "bothy.egress.on-premises-hosts=http://127.0.0.1:*"))
            .flatMap(each -> each)
            .map(setting -> "--" + setting)
            .toArray(String[]::new);
    return new SpringApplicationBuilder(BothyServer.class, EchoFeature.class).run(settings);
  }

  private static URI events(ConfigurableApplicationContext server, WorkspaceId workspace) {
    int port =
        Objects.requireNonNull(((ServletWebServerApplicationContext) server).getWebServer())
            .getPort();
    return URI.create("http://127.0.0.1:%d/chat/slack/%s/events".formatted(port, workspace));
  }

  private SlackRequests.Request said(String text, String user, String where, String ts) {
    return message(requests, text, user, where, ts);
  }

  private SlackRequests.Request message(
      SlackRequests from, String text, String user, String where, String ts) {
    return from.event(
        "message-channels",
        payload -> {
          payload.put("event_id", "Ev" + unique + where + ts.replace(".", ""));
          ((ObjectNode) payload.path("event"))
              .put("text", text)
              .put("user", user)
              .put("channel", where)
              .put("ts", ts);
        });
  }

  private int status(SlackRequests.Request request) {
    return request
        .sendTo(URI.create("http://127.0.0.1:%d/chat/slack/%s/events".formatted(port, workspace)))
        .statusCode();
  }

  private void accepted(SlackRequests.Request request) {
    assertThat(status(request)).isEqualTo(200);
  }

  /// How often it was answered, once it has been.
  private long heard(String text) {
    return await().atMost(SOON).until(() -> count(text, channel), times -> times > 0);
  }

  private long count(String text, String where) {
    return slack.team().messagesIn(where).stream()
        .filter(message -> message.text().equals("heard: " + text))
        .count();
  }

  private List<DeadLetter> dead() {
    return workspaces.inWorkspace(
        workspace, () -> letters.page(new DeadLetter.Filter(null, null), null, 10));
  }

  private long stored() {
    return workspaces.inWorkspace(
        workspace, () -> jdbc.sql("select count(*) from inbox_item").query(Long.class).single());
  }
}
