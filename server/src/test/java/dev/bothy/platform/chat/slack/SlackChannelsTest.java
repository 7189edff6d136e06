package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector.Delivery;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Group;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.testkit.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/// What is optional in Slack: joining channels, topics, user groups, posting where the bot is not;
/// and what people read when Slack refuses.
class SlackChannelsTest {
  private static final String OPS = "C0OPS0001";
  private static final String NEWS = "C0NEWS001";
  private static final String SECRET = "C0SECRET1";
  private static final String GROUP = "S0DUTY001";
  private static final String ADA = "U0ADA0001";

  private static final RestClient HTTP =
      RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();

  private final FakeSlack slack = FakeSlack.start(new TestClock());
  private final ChatConnection connection =
      new ChatConnection(
          new ConnectionId(UUID.randomUUID()),
          new WorkspaceId(UUID.randomUUID()),
          Network.SLACK,
          "Bothy Test",
          SlackTeam.BOT_USER);

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    slack.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA);
    slack.team().channel(NEWS, "news", ADA);
    slack.team().privateChannel(SECRET, "secret", ADA);
    slack.team().group(GROUP, ADA);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void whereItIsNotInTheChannelItSaysWhatToDo() {
    Result refused = send(post(NEWS), "chat:write");

    assertThat(reason(refused))
        .startsWith("not_in_channel")
        .contains("/invite @Bothy")
        .contains("post without joining");
    assertThat(send(post(NEWS), "chat:write", "chat:write.public")).isInstanceOf(Result.Sent.class);
    assertThat(reason(send(post(SECRET), "chat:write", "chat:write.public")))
        .startsWith("channel_not_found")
        .contains("/invite @Bothy");
  }

  @Test
  void itJoinsNoPrivateChannelAndNoArchivedOne() {
    OutboundMessage join = new OutboundMessage.Join(SECRET);
    assertThat(reason(send(join, "channels:join"))).contains("/invite @Bothy");
    slack.team().privateChannel(SECRET, "secret", SlackTeam.BOT_USER);
    assertThat(reason(send(join, "channels:join")))
        .startsWith("method_not_supported_for_channel_type")
        .contains("somebody must invite Bothy");
    slack.team().archive(NEWS);
    assertThat(reason(send(new OutboundMessage.Join(NEWS), "channels:join")))
        .startsWith("is_archived")
        .contains("choose another");
    assertThat(reason(send(new OutboundMessage.Join(NEWS), "chat:write")))
        .startsWith("missing_scope: the app lacks the scope channels:join")
        .contains("installs the app again");
  }

  @Test
  void aTopicIsShortenedAtAWholeCharacter() {
    String scope = "channels:write.topic";
    assertThat(send(new OutboundMessage.Topic(OPS, "x".repeat(250)), scope))
        .isEqualTo(new Result.Sent(null));
    assertThat(slack.team().topicOf(OPS)).hasSize(250);

    send(new OutboundMessage.Topic(OPS, "x".repeat(248) + "\uD83C\uDFAB and more"), scope);
    assertThat(slack.team().topicOf(OPS)).isEqualTo("x".repeat(248) + "…");
  }

  @Test
  void aTopicOfAPrivateChannelAsksForItsOwnScope() {
    slack.team().privateChannel(SECRET, "secret", SlackTeam.BOT_USER);
    OutboundMessage topic = new OutboundMessage.Topic(SECRET, "On duty: Ada");

    assertThat(reason(send(topic, "channels:write.topic"))).contains("groups:write.topic");
    assertThat(send(topic, "groups:write.topic")).isInstanceOf(Result.Sent.class);
  }

  @Test
  void aUserGroupNeedsAPaidPlanAndSomebody() {
    OutboundMessage ada = new OutboundMessage.GroupMembers(GROUP, List.of(ADA));
    assertThat(send(ada, "usergroups:write")).isEqualTo(new Result.Sent(null));
    assertThat(reason(send(new OutboundMessage.GroupMembers(GROUP, List.of()), "usergroups:write")))
        .startsWith("no_users_provided")
        .contains("cannot be empty");
    assertThat(slack.calls("usergroups.users.update")).hasSize(1);
    assertThat(
            reason(
                send(
                    new OutboundMessage.GroupMembers(GROUP, List.of(SlackTeam.BOT_USER)),
                    "usergroups:write")))
        .contains("guests and bots");
    slack.team().onFreePlan();
    assertThat(reason(send(ada, "usergroups:write")))
        .startsWith("paid_teams_only")
        .contains("a paid Slack plan");
  }

  @Test
  void theGroupsToChooseFromAreThoseOfSlack() throws IOException {
    SlackConnector connector = connector(null, "usergroups:read");
    assertThat(connector.groups(connection)).containsExactly(new Group(GROUP, "s0duty001"));
    slack.team().onFreePlan();
    assertThatThrownBy(() -> connector.groups(connection))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plan_upgrade_required");
  }

  @Test
  void whatAnInstallationForAWholeOrganisationCannotTellIsSaid() {
    SlackInstall orgWide = new SlackInstall("A1", "E1", true, null, 0, 0);
    OutboundMessage ada = new OutboundMessage.GroupMembers(GROUP, List.of(ADA));

    assertThat(reason(send(connector(orgWide, "usergroups:write"), ada)))
        .contains("which workspace of the organisation");
    assertThat(slack.calls("usergroups.users.update")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "conversations.join",
    "conversations.setTopic",
    "usergroups.users.update",
  })
  void whatSlackWantsLaterIsTriedLater(String method) {
    OutboundMessage message =
        switch (method) {
          case "conversations.join" -> new OutboundMessage.Join(NEWS);
          case "conversations.setTopic" -> new OutboundMessage.Topic(OPS, "x");
          default -> new OutboundMessage.GroupMembers(GROUP, List.of(ADA));
        };
    String[] scopes = {"channels:join", "channels:write.topic", "usergroups:write"};
    slack.limitNext(method, 7);
    assertThat(send(message, scopes)).isEqualTo(new Result.RateLimited(Duration.ofSeconds(7)));
    slack.breakNext(method, 503);
    assertThat(send(message, scopes)).isInstanceOf(Result.Unreachable.class);
    assertThat(send(message, scopes)).isInstanceOf(Result.Sent.class);
  }

  @Test
  void ofTwoScopesEachGivesTheAbilityInItsKindOfChannel() {
    assertThat(SlackScopes.abilities(Set.of("chat:write"))).isEmpty();
    assertThat(SlackScopes.abilities(Set.of("usergroups:write"))).isEmpty();
    assertThat(SlackScopes.abilities(Set.of("groups:history", "channels:join")))
        .containsExactlyInAnyOrder(Capability.HEAR, Capability.JOIN);
  }

  private static OutboundMessage post(String channel) {
    return new OutboundMessage.Post(channel, null, Content.of("The kettle is on"));
  }

  private Result send(OutboundMessage message, String... scopes) {
    return send(connector(null, scopes), message);
  }

  private Result send(SlackConnector connector, OutboundMessage message) {
    return connector.send(new Delivery(UUID.randomUUID(), connection, message, null));
  }

  private SlackConnector connector(@Nullable SlackInstall install, String... scopes) {
    SlackSecrets secrets =
        new SlackSecrets(
            slack.install(scopes), "unused", SlackTeam.ID, SlackTeam.BOT_ID, "", null, install);
    return new SlackConnector(
        new SlackApi(HTTP, slack.api(), JsonMapper.builder().build()),
        new NoLimits(),
        asked -> Optional.of(secrets),
        new TestClock(),
        new Metrics(new PrometheusRegistry()));
  }

  private static String reason(Result result) {
    assertThat(result).isInstanceOf(Result.Rejected.class);
    return Objects.requireNonNull(((Result.Rejected) result).reason());
  }
}
