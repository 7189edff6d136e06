package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.work.ScheduleHandler.Due;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tokens that expire: renewed before they do, at once when one has, and never twice.
@BothyTest
class SlackRotationTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackInstalls installs;
  @Autowired SlackRenewal renewal;
  @Autowired SlackCare care;
  @Autowired SlackHealth health;
  @Autowired Connections connections;
  @Autowired Chat chat;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;

  private final FakeSlack slack = FakeSlack.shared();
  private final String ending =
      UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT);
  private final SlackPlace acme = SlackPlace.workspace("Acme", ending);
  private final String channel = "C0" + ending;
  private Workspace workspace;
  private SlackInstallWorld world;
  private ChatConnection connection;

  @BeforeEach
  void install() {
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER);
    workspace = TestWorkspaces.fresh(workspaces);
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    world = new SlackInstallWorld(slack, installs, workspace, admin.id(), true);
    connection = world.install(acme);
  }

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  @Test
  void aTokenIsRenewedAtHalfOfItsLifeByTheSchedule() {
    String first = secrets().botToken();
    assertThat(first).startsWith("xoxe.xoxb-");
    assertThat(dueAt()).isBetween(hoursFromNow(5.9), hoursFromNow(6.1));

    clock.advance(Duration.ofHours(6).plusMinutes(1));

    await().atMost(SOON).until(() -> !secrets().botToken().equals(first));
    assertThat(dueAt()).isBetween(hoursFromNow(5.9), hoursFromNow(6.1));
    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
  }

  @Test
  void aCallThatMeetsAnExpiredTokenIsDoneWithTheRenewedOne() {
    String first = secrets().botToken();
    slack.expire(first);

    say("hello");

    await().atMost(SOON).until(() -> !slack.team().messagesIn(channel).isEmpty());
    assertThat(secrets().botToken()).isNotEqualTo(first);
    assertThat(slack.team().messagesIn(channel)).hasSize(1);
  }

  @Test
  void aTokenThatAnotherReplicaHasRenewedIsReadAnew() {
    String first = secrets().botToken();
    connections.secrets(connection.id());
    // Behind the memory's back, as another process does it.
    renewElsewhere(first);
    int exchanges = exchanges();
    slack.expire(first);

    say("hello");

    await().atMost(SOON).until(() -> !slack.team().messagesIn(channel).isEmpty());
    assertThat(exchanges()).isEqualTo(exchanges);
  }

  @Test
  void ofManyWhoMeetAnExpiredTokenAtOnceOneRenewsIt() throws Exception {
    String first = secrets().botToken();
    slack.expire(first);
    int before = exchanges();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<SlackRenewal.Outcome>> tasks =
          IntStream.range(0, 8)
              .mapToObj(
                  number -> (Callable<SlackRenewal.Outcome>) () -> renewal.renew(connection, first))
              .toList();
      for (Future<SlackRenewal.Outcome> outcome : threads.invokeAll(tasks)) {
        assertThat(get(outcome)).isNotInstanceOf(SlackRenewal.Outcome.Never.class);
      }
    }

    assertThat(exchanges() - before).isEqualTo(1);
    assertThat(renewal.renew(connection, first))
        .isEqualTo(new SlackRenewal.Outcome.Fresh(secrets().botToken()));
  }

  /// A crash between Slack's answer and our commit: the refresh token that is stored is spent.
  @Test
  void aRefusalForGoodIsToldWhileTheTokenStillWorksAndAnInstallationHealsIt() {
    SlackSecrets stored = secrets();
    renewElsewhere(stored.botToken());
    put(stored);

    care.prepare(workspace.id(), due(hoursFromNow(7)));

    assertThat(state())
        .isInstanceOfSatisfying(
            ConnectionState.Broken.class,
            broken -> assertThat(broken.reason()).isEqualTo(SlackReason.RENEWAL_REFUSED));
    assertThat(health.report(workspace.id()))
        .singleElement()
        .satisfies(part -> {
          assertThat(part.name()).isEqualTo("Slack (Acme)");
          assertThat(part.state()).isEqualTo(PartHealth.State.DOWN);
          assertThat(part.sentence()).contains("Install the app again");
        });
    say("still here");
    await().atMost(SOON).until(() -> !slack.team().messagesIn(channel).isEmpty());

    assertThat(world.install(acme).id()).isEqualTo(connection.id());
    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
    assertThat(health.report(workspace.id())).isEmpty();
  }

  @Test
  void whenSlackIsAwayItIsTriedAgain() {
    slack.breakNext("oauth.v2.access", 500);
    String first = secrets().botToken();

    assertThat(renewal.renew(connection, first)).isInstanceOf(SlackRenewal.Outcome.Later.class);
    assertThat(renewal.renew(connection, first)).isInstanceOf(SlackRenewal.Outcome.Fresh.class);
    assertThat(state()).isInstanceOf(ConnectionState.Active.class);
  }

  @Test
  void aTokenThatSlackDoesNotAcceptAnyMoreNeedsAnAdmin() {
    slack.revoke(secrets().botToken());

    say("never");

    await().atMost(SOON).until(() -> state() instanceof ConnectionState.Broken);
    assertThat(slack.team().messagesIn(channel)).isEmpty();
  }

  @Test
  void oneThatEndedBeforeThereWasABinIsPutThere() {
    workspaces.inWorkspace(
        workspace.id(), () -> connections.end(connection.id(), SlackReason.UNINSTALLED));
    assertThat(workspaces.inWorkspace(workspace.id(), () -> care.run(due(clock.instant()))))
        .isEmpty();
    assertThat(
            workspaces.inWorkspace(
                workspace.id(),
                () -> jdbc.sql("select count(*) from bin_item").query(Long.class).single()))
        .isEqualTo(1);
    assertThat(secrets().botToken()).isNotEmpty();
  }

  private void renewElsewhere(String token) {
    byte[] remembered = connections.secrets(connection.id());
    assertThat(renewal.renew(connection, token)).isInstanceOf(SlackRenewal.Outcome.Fresh.class);
    assertThat(remembered).isNotEmpty();
  }

  private void put(SlackSecrets secrets) {
    workspaces.inWorkspace(
        workspace.id(), () -> connections.changeSecrets(connection.id(), secrets.toBytes()));
  }

  private int exchanges() {
    return slack.calls("oauth.v2.access").size();
  }

  private void say(String text) {
    workspaces.inWorkspace(
        workspace.id(),
        () ->
            chat.send(connection.id(), new OutboundMessage.Post(channel, null, Content.of(text))));
  }

  private SlackSecrets secrets() {
    return SlackSecrets.read(
        workspaces.inWorkspace(workspace.id(), () -> connections.storedSecrets(connection.id())));
  }

  private ConnectionState state() {
    return workspaces
        .inWorkspace(workspace.id(), () -> connections.known(connection.id()))
        .orElseThrow()
        .state();
  }

  private Instant dueAt() {
    return workspaces
        .inWorkspace(
            workspace.id(),
            () ->
                jdbc.sql("select due_at from scheduled_item where kind = ? and subject = ?")
                    .params(SlackCare.KIND, connection.id().value())
                    .query(OffsetDateTime.class)
                    .single())
        .toInstant();
  }

  private Due due(Instant now) {
    return new Due(connection.id().value(), clock.instant(), now);
  }

  private Instant hoursFromNow(double hours) {
    return clock.instant().plusSeconds(Math.round(hours * 3600));
  }

  private static SlackRenewal.Outcome get(Future<SlackRenewal.Outcome> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
