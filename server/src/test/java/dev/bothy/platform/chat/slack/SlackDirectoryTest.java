package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Connections;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Intake;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.Webhooks.Request;
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
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who is in Slack is known from the list, from events and from asking, and asked no more than
/// needed.
@BothyTest
class SlackDirectoryTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final RestClient HTTP =
      RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections slackConnections;
  @Autowired SlackDirectoryRounds rounds;
  @Autowired SlackCare care;
  @Autowired SlackIntake slackIntake;
  @Autowired Connections connections;
  @Autowired Intake intake;
  @Autowired Features features;
  @Autowired Chat chat;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;

  private final FakeSlack shared = FakeSlack.shared();
  private final FakeSlack slack = FakeSlack.start(new TestClock());
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String ada = "U0A" + unique;
  private Workspace workspace;
  private ChatConnection connection;
  private SlackDirectory directory;

  @BeforeEach
  void connect() {
    workspace = TestWorkspaces.fresh(workspaces);
    connection = in(() -> connections.create(Network.SLACK, "Acme", SlackTeam.BOT_USER, stored()));
    directory = directory(null);
  }

  @AfterEach
  void stop() {
    clock.reset();
    slack.close();
  }

  @Test
  void everybodyIsListedOverSeveralPagesAndThenOnceADay() {
    populate(449);
    slack.team().user(new SlackTeam.User("U0GONE", "gone", "Gone", null, "UTC", true, false));

    Instant next = round();

    assertThat(slack.calls("users.list"))
        .extracting(call -> call.arguments().path("cursor").asString("").isEmpty())
        .containsExactly(true, false, false);
    assertThat(slack.calls("users.info")).isEmpty();
    assertThat(accounts()).hasSize(449);
    // Who had left before, or was erased here since, is none of our business.
    assertThat(find("U0GONE")).isEmpty();
    assertThat(find(SlackTeam.BOT_USER)).hasValueSatisfying(bot -> assertThat(bot.bot()).isTrue());
    assertThat(Duration.between(clock.instant(), next)).isBetween(hours(23), hours(25));
  }

  @Test
  void whoLeftIsInactiveAndWhoWasOnNoPageIsAskedAbout() {
    populate(3);
    in(() ->
        List.of("U0STRANGER", "U0FORGOTTEN")
            .forEach(each -> intake.accountAnswered(connection, each, Optional.of(person(each)))));
    round();
    clock.advance(hours(24));
    slack.team().user(new SlackTeam.User("U0P1", "p1", "P", null, "UTC", true, false));
    slack.team().forget("U0P2");

    round();

    assertThat(accounts()).extracting(Account::id).containsExactly("U0P0");
    assertThat(find("U0P2")).hasValueSatisfying(left -> assertThat(left.active()).isFalse());
    assertThat(find("U0FORGOTTEN")).isPresent();
  }

  @Test
  void theClockOfWhoLeftRunsFromTheFirstWordOfIt() {
    populate(1);
    slack.team().person("U0P1", "p1", "P");
    round();
    slack.team().user(new SlackTeam.User("U0P1", "p1", "P", null, "UTC", true, false));
    clock.advance(hours(24));
    round();
    Instant left = lookedUpAt("U0P1");
    clock.advance(hours(24));
    round();
    assertThat(lookedUpAt("U0P1")).isEqualTo(left);
    assertThat(lookedUpAt("U0P0")).isAfter(left);
  }

  private Instant lookedUpAt(String account) {
    return workspaces.inWorkspace(
        connection.workspace(),
        () ->
            jdbc.sql(
                    "select looked_up_at from chat_account where connection_id = ? and account = ?")
                .params(connection.id().value(), account)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single());
  }

  @Test
  void whoIsNotListedButKnownToSlackStays() {
    populate(1);
    in(() -> intake.accountAnswered(connection, "U0STRANGER", Optional.of(person("U0STRANGER"))));
    clock.advance(hours(1));
    // In no list, as a person of another company is: the list is asked for before they come.
    prepare();
    run();
    slack.team().person("U0STRANGER", "stranger", "A Stranger");

    round();

    assertThat(slack.calls("users.info")).hasSize(1);
    assertThat(accounts()).extracting(Account::id).containsExactly("U0P0", "U0STRANGER");
  }

  @Test
  void whenSlackAsksForPatienceInTheMiddleTheRoundGoesOnWhereItWas() {
    populate(450);
    prepare();
    run();
    slack.limitNext("users.list", 30);

    prepare();
    assertThat(Duration.between(clock.instant(), run().orElseThrow()))
        .isBetween(Duration.ofSeconds(28), Duration.ofSeconds(31));
    // Another replica, or this one after a restart.
    directory = directory(null);
    round();

    assertThat(slack.calls("users.list")).hasSize(4);
    assertThat(slack.calls("users.list").get(1).text("cursor"))
        .isEqualTo(slack.calls("users.list").get(2).text("cursor"));
    assertThat(accounts()).hasSize(450);
  }

  @Test
  void whenSlackIsAwayNobodyCountsAsGone() {
    populate(2);
    round();
    clock.advance(hours(24));
    slack.breakNext("users.list", 500);

    prepare();
    assertThat(Duration.between(clock.instant(), run().orElseThrow()))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    assertThat(accounts()).hasSize(2);
  }

  @Test
  void aWholeOrganisationIsNotListed() {
    directory = directory(new SlackInstall("A0", "E0", true, null, 0, 0));

    prepare();

    assertThat(run()).hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
    assertThat(slack.calls()).isEmpty();
  }

  @Test
  void aConnectionThatEndedIsNotGoneThroughAnyMore() {
    in(() -> rounds.beginSoon(connection.id()));
    prepare();
    in(() -> connections.end(connection.id(), SlackReason.UNINSTALLED));

    assertThat(run()).isEmpty();
  }

  @Test
  void theRoundIsDueSoonAfterAConnectionIsMadeAlsoForOneFromBefore() {
    ChatConnection made = connectToShared();
    assertThat(Duration.between(clock.instant(), dueAt(made)))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));

    in(() -> care.run(new Due(connection.id().value(), clock.instant(), clock.instant())));
    Instant first = dueAt(connection);
    clock.advance(Duration.ofSeconds(10));
    in(() -> care.run(new Due(connection.id().value(), clock.instant(), clock.instant())));
    assertThat(dueAt(connection)).isEqualTo(first);
  }

  @Test
  void anEventChangesTheDirectoryAtOnceUnlessItIsOlder() {
    ChatConnection made = connectToShared();

    send("team-join", user -> user.put("updated", 1_795_330_000));
    assertThat(find(made, ada).orElseThrow().active()).isTrue();
    send("user-change", user -> user.put("updated", 1_795_330_900).put("deleted", true));
    assertThat(find(made, ada).orElseThrow().active()).isFalse();
    send("user-change", user -> user.put("updated", 1_795_330_800));
    assertThat(find(made, ada).orElseThrow().active()).isFalse();
    send("user-change", user -> user.put("updated", 1_795_330_901));
    assertThat(find(made, ada).orElseThrow().active()).isTrue();
    assertThat(shared.calls("users.info")).noneMatch(call -> call.text("user").equals(ada));
  }

  @Test
  void whoWasAskedAboutWithinTheHourCostsNeitherACallNorAQuery() {
    shared.team().person(ada, "ada", "Ada Lovelace");
    ChatConnection made = connectToShared();
    chat.refresh(made.id(), List.of(ada));
    // Behind its back, so that whoever asks the database would call Slack.
    in(() ->
        jdbc.sql("update chat_account set looked_up_at = '2020-01-01T00:00:00Z' where account = ?")
            .param(ada)
            .update());

    chat.refresh(made.id(), List.of(ada));
    assertThat(lookUps()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(61));
    chat.refresh(made.id(), List.of(ada));
    assertThat(lookUps()).isEqualTo(2);
  }

  @Test
  void whatWasRememberedOfAConnectionIsForgottenWithIt() {
    shared.team().person(ada, "ada", "Ada Lovelace");
    ChatConnection made = connectToShared();
    chat.refresh(made.id(), List.of(ada));
    in(() -> connections.end(made.id(), SlackReason.DISCONNECTED));
    in(() -> connections.resume(made.id()));
    in(() ->
        jdbc.sql("update chat_account set looked_up_at = '2020-01-01T00:00:00Z' where account = ?")
            .param(ada)
            .update());

    chat.refresh(made.id(), List.of(ada));

    assertThat(lookUps()).isEqualTo(2);
  }

  private long lookUps() {
    return shared.calls("users.info").stream()
        .filter(call -> call.text("user").equals(ada))
        .count();
  }

  private ChatConnection connectToShared() {
    TestPeople.Someone admin = people.signedIn(workspace, "Admin", Role.ADMIN);
    SlackConnections.Outcome outcome =
        slackConnections.connect(
            workspace.id(), admin.id(), shared.install("chat:write", "users:read"), SIGNING_SECRET);
    return ((SlackConnections.Outcome.Done) outcome).connected().connection();
  }

  private void send(String recording, Consumer<ObjectNode> change) {
    SlackRequests.Request signed =
        SlackRequests.signedWith(SIGNING_SECRET, clock)
            .event(
                recording,
                payload -> {
                  ObjectNode user = (ObjectNode) payload.at("/event/user");
                  user.put("id", ada);
                  change.accept(user);
                });
    Map<String, String> headers = new HashMap<>();
    signed.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    assertThat(
            slackIntake
                .take(workspace.id(), new Request("events", headers, signed.body()))
                .status())
        .isEqualTo(200);
  }

  private SlackDirectory directory(@Nullable SlackInstall install) {
    String token = slack.install("users:read");
    return new SlackDirectory(
        new SlackApi(HTTP, slack.api(), JsonMapper.builder().build()),
        new NoLimits(),
        asked ->
            Optional.of(
                new SlackSecrets(
                    token, "unused", SlackTeam.ID, SlackTeam.BOT_ID, "", null, install)),
        rounds,
        connections,
        intake,
        features,
        workspaces,
        clock);
  }

  private static byte[] stored() {
    return new SlackSecrets(
            "xoxb-1", SIGNING_SECRET + "x", SlackTeam.ID, SlackTeam.BOT_ID, "", null)
        .toBytes();
  }

  private void populate(int many) {
    for (int number = 0; number < many; number++) {
      slack.team().person("U0P" + number, "p" + number, "Person " + number);
    }
  }

  private static Account person(String id) {
    return new Account(id, id, ZoneOffset.UTC, true, false);
  }

  /// Until it is due in a day.
  private Instant round() {
    for (int step = 0; step < 20; step++) {
      prepare();
      Instant next = run().orElseThrow();
      if (next.isAfter(clock.instant().plus(hours(1)))) {
        return next;
      }
    }
    throw new AssertionError("The round has no end");
  }

  private void prepare() {
    directory.prepare(workspace.id(), due());
  }

  private Optional<Instant> run() {
    return in(() -> directory.run(due()));
  }

  private Due due() {
    return new Due(connection.id().value(), clock.instant(), clock.instant());
  }

  private List<Account> accounts() {
    return in(() -> chat.accounts(connection.id()));
  }

  private Optional<Account> find(String account) {
    return find(connection, account);
  }

  private Optional<Account> find(ChatConnection at, String account) {
    return in(() -> chat.account(at.id(), account));
  }

  private Instant dueAt(ChatConnection of) {
    return in(() ->
            jdbc.sql("select due_at from scheduled_item where kind = ? and subject = ?")
                .params(SlackDirectory.KIND, of.id().value())
                .query(OffsetDateTime.class)
                .single())
        .toInstant();
  }

  private <T> T in(Supplier<T> work) {
    return workspaces.inWorkspace(workspace.id(), work);
  }

  private void in(Runnable work) {
    workspaces.inWorkspace(workspace.id(), work);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
