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
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/// Two servers, one of which holds Slack's sockets: it is paused, killed and stopped, and the other
/// takes over.
@Tag("real")
class SlackTakeOverTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String ADA = "U0TAKEOVER";
  private static final String CHANNEL = "C0TAKEOVER";

  /// What is promised is 10 s (docs/concepts/how-an-event-flows.md); what it took is printed, and
  /// not asserted on a machine that others use.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder = Path.of("");

  private final TestDatabase database = TestDatabase.create();
  private final FakeSlack slack = FakeSlack.start(Clock.systemUTC());
  private final FakeSlackSockets sockets = slack.sockets();
  private int named;

  @Test
  void anotherServerTakesOverFromOneThatIsPausedKilledOrStopped() throws Exception {
    try (slack) {
      slack.team().person(ADA, "ada", "Ada Lovelace");
      slack.team().channel(CHANNEL, "take-over", SlackTeam.BOT_USER, ADA);
      List<String> settings = settings();
      connect(settings);
      ServerProcess first = ServerProcess.start(ServerProcess.freePort(), settings);
      awaitSockets(List.of());
      served();
      ServerProcess second = ServerProcess.start(ServerProcess.freePort(), settings);
      Duration paused = paused(first);
      Duration killed = killed(second);
      try (ServerProcess third = ServerProcess.start(ServerProcess.freePort(), settings)) {
        Duration stopped = stopped(first);
        assertThat(third.address()).isNotNull();
        System.out.printf(
            "Slack's sockets were taken over %d ms after their holder was paused, %d ms after it"
                + " was killed, %d ms after it was told to stop.%n",
            paused.toMillis(), killed.toMillis(), stopped.toMillis());
      }
      assertThat(texts("select name from rotation")).doesNotHaveDuplicates().hasSize(named);
      assertThat(texts("select distinct state from inbox_item")).containsExactly("done");
    }
  }

  /// It does not know that it was paused, and finds deliveries waiting when it wakes up.
  private Duration paused(ServerProcess holder) throws Exception {
    List<FakeSlackSockets.Open> before = sockets.open();
    long fence = fence();
    holder.pause();
    List<String> unheard = new ArrayList<>();
    before.forEach(each -> unheard.add(each.deliver("slash_commands", command("Unheard"))));
    Duration took = awaitSockets(before);
    assertThat(fence()).isEqualTo(fence + 1);

    holder.resume();

    await().atMost(PATIENCE).until(() -> before.stream().noneMatch(FakeSlackSockets.Open::isOpen));
    assertThat(fence()).isEqualTo(fence + 1);
    assertThat(sockets.open()).hasSize(2);
    served();
    // What reached the sleeper it left alone: Slack was told nothing, and nothing was stored.
    assertThat(unheard).allMatch(each -> sockets.answer(each).isEmpty());
    return took;
  }

  private Duration killed(ServerProcess holder) throws Exception {
    List<FakeSlackSockets.Open> before = sockets.open();
    long fence = fence();
    holder.kill();
    Duration took = awaitSockets(before);
    assertThat(fence()).isEqualTo(fence + 1);
    served();
    return took;
  }

  private Duration stopped(ServerProcess holder) throws Exception {
    List<FakeSlackSockets.Open> before = sockets.open();
    holder.terminate();
    Duration took = awaitSockets(before);
    served();
    holder.close();
    return took;
  }

  /// Waits until two sockets other than these are open.
  private Duration awaitSockets(List<FakeSlackSockets.Open> before) {
    long since = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> sockets.open().stream().filter(each -> !before.contains(each)).count() == 2);
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// Whoever holds the sockets does what comes over them.
  private void served() {
    named++;
    String name = "Line-" + named;
    String envelope = sockets.deliver("slash_commands", command(name));
    await().atMost(PATIENCE).until(() -> sockets.answer(envelope), Optional::isPresent);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> texts("select name from rotation").contains(name));
  }

  private ObjectNode command(String name) {
    return SlackRequests.recording("slash-command")
        .put("text", "new \"" + name + "\" daily 09:00 Europe/Berlin <@" + ADA + ">")
        .put("user_id", ADA)
        .put("channel_id", CHANNEL)
        .put("trigger_id", slack.trigger(ADA))
        .put("response_url", slack.responseUrl(CHANNEL, ADA).toString());
  }

  private void connect(List<String> settings) {
    String[] arguments = settings.stream().map(setting -> "--" + setting).toArray(String[]::new);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(BothyServer.class)
            .web(WebApplicationType.SERVLET)
            .properties("server.port=0")
            .run(arguments)) {
      WorkspaceId workspace = context.getBean(Workspaces.class).create("over", "Over").id();
      SlackConnections connections = context.getBean(SlackConnections.class);
      String[] scopes =
          connections.manifest(URI.create("https://bothy.test"), workspace).scopes().stream()
              .map(SlackManifest.Scope::name)
              .toArray(String[]::new);
      PersonId admin = new PersonId(UUID.randomUUID());
      Outcome outcome =
          connections.connect(
              workspace,
              admin,
              slack.install(scopes),
              SIGNING_SECRET,
              slack.appToken(SlackTeam.APP_ID));
      assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }
    await().until(() -> sockets.open().isEmpty());
  }

  private List<String> settings() throws IOException {
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

  private long fence() {
    return Long.parseLong(
        texts("select fence from lease where name = 'slack.sockets." + SlackTeam.APP_ID + "'")
            .getFirst());
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
