package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.slack.SlackConnections.Connected;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// What is optional is asked for, and used, only where an admin has switched it on and Slack has
/// granted it; and threads below messages of ours, through the running server.
@BothyTest
@Import(EchoFeature.class)
class SlackAbilitiesTest {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired Workspaces workspaces;
  @Autowired TestPeople people;
  @Autowired SlackConnections connections;
  @Autowired SlackAbilities abilities;
  @Autowired Chat chat;
  @Autowired EchoFeature echo;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final FakeSlack slack = FakeSlack.shared();
  private final String unique =
      UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  private final String channel = "C0" + unique;
  private final String ada = "U0A" + unique;
  private Optional<Workspace> made = Optional.empty();
  private Optional<TestPeople.Someone> someone = Optional.empty();

  @BeforeEach
  void populate() {
    slack.team().person(ada, "ada", "Ada Lovelace");
    slack.team().channel(channel, "ops", SlackTeam.BOT_USER, ada);
    Workspace fresh = TestWorkspaces.fresh(workspaces);
    made = Optional.of(fresh);
    someone = Optional.of(people.signedIn(fresh, "Admin", Role.ADMIN));
  }

  @Test
  void itIsAskedForOnceItIsSwitchedOnAndUsedOnceItIsGranted() {
    ConnectionId id = connect(asked()).connection().id();
    assertThat(asked()).doesNotContain("channels:write.topic");
    assertThat(can(id)).contains(Capability.POST).doesNotContain(Capability.TOPIC);
    UUID off = send(id, new OutboundMessage.Topic(channel, "too early"));
    await().atMost(SOON).until(() -> echo.whyGivenUp(off) != null);
    assertThat(echo.whyGivenUp(off))
        .contains("Set the topic of channels")
        .contains("not switched on");

    turn(Capability.TOPIC, true);
    assertThat(asked()).contains("channels:write.topic", "groups:write.topic");
    assertThat(connections.find(workspace().id(), id).orElseThrow().missing())
        .contains("channels:write.topic");
    assertThat(ability(Capability.TOPIC).lacking()).hasSize(1);
    assertThat(can(id)).doesNotContain(Capability.TOPIC);

    assertThat(connect(asked()).missing()).isEmpty();
    assertThat(ability(Capability.TOPIC).lacking()).isEmpty();
    assertThat(can(id)).contains(Capability.TOPIC).doesNotContain(Capability.JOIN);
    send(id, new OutboundMessage.Topic(channel, "On duty: Ada"));
    await().atMost(SOON).until(() -> slack.team().topicOf(channel).equals("On duty: Ada"));

    turn(Capability.TOPIC, false);
    assertThat(can(id)).doesNotContain(Capability.TOPIC);
    assertThat(audited("slack.ability-on")).isEqualTo(1);
    assertThat(audited("slack.ability-off")).isEqualTo(1);
  }

  @Test
  void switchingItOnTwiceOrWhatIsNotOptionalChangesNothing() {
    turn(Capability.JOIN, true);
    turn(Capability.JOIN, true);
    turn(Capability.POST, true);

    assertThat(abilities.list(workspace().id()).stream().filter(SlackAbilities.Ability::on))
        .extracting(SlackAbilities.Ability::capability)
        .containsExactly(Capability.JOIN);
    assertThat(audited("slack.ability-on")).isEqualTo(1);
  }

  @Test
  void anAnswerThatWasSentWithItsMessageStandsBelowItAndRepliesFindTheirMessage() {
    ConnectionId id = connect(asked()).connection().id();
    UUID question =
        inWorkspace(() -> {
          UUID sent = chat.send(id, post("Who can cover Tuesday?"));
          chat.send(id, new OutboundMessage.Reply(sent, channel, Content.of("Ada asks.")));
          chat.send(
              id, new OutboundMessage.Update(sent, channel, Content.of("Who covers Tuesday?")));
          return sent;
        });
    await().atMost(SOON).until(() -> slack.team().messagesIn(channel).size() == 2);
    List<Message> messages = slack.team().messagesIn(channel);
    String ts = messages.getFirst().ts();
    assertThat(messages.getLast().text()).isEqualTo("Ada asks.");
    assertThat(messages.getLast().threadTs()).isEqualTo(ts);
    await().atMost(SOON).until(() -> slack.team().messagesIn(channel).getFirst().edited());

    String known = "reply I can " + unique;
    said(known, ts, SlackTeam.BOT_USER);
    await().atMost(SOON).until(() -> echo.below(known) != null);
    assertThat(echo.below(known)).contains(question);

    // Slack does not tell to whom; the thread is another's.
    String elsewhere = "reply elsewhere " + unique;
    said(elsewhere, "1795330801.000200", "");
    await().atMost(SOON).until(() -> echo.below(elsewhere) != null);
    assertThat(echo.below(elsewhere)).isEmpty();
  }

  @Test
  void anAnswerToAMessageThatWasGivenUpIsGivenUp() {
    ConnectionId id = connect(asked()).connection().id();
    String nowhere = "C0NO" + unique;
    UUID[] sent = new UUID[2];
    inWorkspace(() -> {
      sent[0] = chat.send(id, new OutboundMessage.Post(nowhere, null, Content.of("lost")));
      sent[1] = chat.send(id, new OutboundMessage.Reply(sent[0], nowhere, Content.of("lost, too")));
      return sent[1];
    });
    await().atMost(SOON).until(() -> echo.whyGivenUp(sent[1]) != null);
    assertThat(echo.whyGivenUp(sent[0])).contains("/invite @Bothy");
    assertThat(echo.whyGivenUp(sent[1])).contains("never sent");
  }

  private OutboundMessage post(String text) {
    return new OutboundMessage.Post(channel, null, Content.of(text));
  }

  private void said(String text, String thread, String parent) {
    SlackRequests.Request request =
        SlackRequests.signedWith(SIGNING_SECRET, clock)
            .event(
                "message-thread",
                payload -> {
                  ObjectNode event = (ObjectNode) payload.path("event");
                  event.put("channel", channel).put("user", ada).put("text", text);
                  event.put("ts", "1795330900." + Math.abs(text.hashCode() % 1_000_000));
                  event.put("thread_ts", thread).put("parent_user_id", parent);
                });
    assertThat(
            request
                .sendTo(
                    URI.create(
                        "http://127.0.0.1:" + port + "/chat/slack/" + workspace().id() + "/events"))
                .statusCode())
        .isEqualTo(200);
  }

  private Connected connect(Set<String> scopes) {
    Outcome outcome =
        connections.connect(
            workspace().id(),
            admin().id(),
            slack.install(scopes.toArray(String[]::new)),
            SIGNING_SECRET);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).connected();
  }

  private Set<String> asked() {
    return connections
        .manifest(URI.create("https://bothy.test"), workspace().id())
        .scopes()
        .stream()
        .map(SlackManifest.Scope::name)
        .collect(Collectors.toSet());
  }

  private void turn(Capability capability, boolean on) {
    abilities.change(workspace().id(), admin().id(), capability.name(), on);
  }

  private SlackAbilities.Ability ability(Capability capability) {
    return abilities.list(workspace().id()).stream()
        .filter(each -> each.capability() == capability)
        .findFirst()
        .orElseThrow();
  }

  private Set<Capability> can(ConnectionId id) {
    return inWorkspace(() -> chat.capabilities(id));
  }

  private UUID send(ConnectionId id, OutboundMessage message) {
    return inWorkspace(() -> chat.send(id, message));
  }

  private long audited(String action) {
    return inWorkspace(() ->
        jdbc.sql("select count(*) from audit_entry where action = ?")
            .param(action)
            .query(Long.class)
            .single());
  }

  private <T> T inWorkspace(Supplier<T> work) {
    return workspaces.inWorkspace(workspace().id(), work);
  }

  private Workspace workspace() {
    return made.orElseThrow();
  }

  private TestPeople.Someone admin() {
    return someone.orElseThrow();
  }
}
