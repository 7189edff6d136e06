package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.MethodsRateLimitTier;
import com.slack.api.methods.MethodsRateLimits;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.work.RateBuckets;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Slack is called no faster than it allows, by however many replicas.
@BothyTest
class SlackLimitsTest {
  private static final String OPS = "C0OPS0001";
  private static final String ADA = "U0ADA0001";

  @Autowired Workspaces workspaces;
  @Autowired RateBuckets buckets;

  private final FakeSlack slack = FakeSlack.start(new TestClock());
  private final String token = slack.install("chat:write", "im:write");

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    slack.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  private SlackCalls replica() {
    return replica(1);
  }

  private SlackCalls replica(double factor) {
    SlackSettings settings =
        new SlackSettings(
            URI.create("https://slack.com/api/"),
            factor,
            URI.create("https://slack.com/oauth/v2/authorize"),
            2);
    RestClient http =
        RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
    return new SlackCalls(
        new SlackApi(http, slack.api(), JsonMapper.builder().build()),
        new SlackLimits(buckets, settings));
  }

  private SlackCalls.Caller caller() {
    ChatConnection connection =
        new ChatConnection(
            new ConnectionId(UUID.randomUUID()),
            TestWorkspaces.fresh(workspaces).id(),
            Network.SLACK,
            "Bothy Test",
            SlackTeam.BOT_USER);
    return new SlackCalls.Caller(connection, token);
  }

  private static SlackAnswer post(SlackCalls replica, SlackCalls.Caller caller, String channel) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("channel", channel);
    return replica.call(caller, SlackLimits.POST, channel, arguments.put("text", "hello"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat.postMessage",
        "chat.update",
        "chat.delete",
        "chat.postEphemeral",
        "conversations.open",
        "conversations.history",
        "conversations.replies",
        "conversations.info",
        "conversations.join",
        "conversations.setTopic",
        "usergroups.list",
        "usergroups.users.update",
        "users.info",
        "users.list",
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
        "auth.test"
      })
  void theTiersAreThoseOfSlacksOwnSdk(String method) {
    MethodsRateLimitTier theirs = MethodsRateLimits.lookupRateLimitTier(method);
    assertThat(SlackLimits.tier(method))
        .isEqualTo(
            switch (theirs) {
              case Tier2 -> SlackLimits.Tier.TWO;
              case Tier3 -> SlackLimits.Tier.THREE;
              case Tier4 -> SlackLimits.Tier.FOUR;
              case SpecialTier_chat_postMessage -> SlackLimits.Tier.POSTING;
              case SpecialTier_auth_test -> SlackLimits.Tier.ASKING;
              case Tier1, SpecialTier_assistant_threads_setStatus, SpecialTier_chat_getPermalink ->
                  throw new AssertionError(method + " is not called");
            });
    if (SlackLimits.tier(method) != SlackLimits.Tier.POSTING) {
      assertThat(SlackLimits.tier(method).perMinute())
          .isLessThanOrEqualTo(MethodsRateLimitTier.getAllowedRequestsPerMinute(theirs));
    }
  }

  @Test
  void aChannelGetsAShortBurstAndThenOneASecondFromAllReplicasTogether() {
    SlackCalls.Caller caller = caller();
    SlackCalls one = replica();
    SlackCalls two = replica();
    long before = System.nanoTime();
    int sent = 0;
    for (int round = 0; round < 10; round++) {
      sent += post(one, caller, OPS) instanceof SlackAnswer.Done ? 1 : 0;
      sent += post(two, caller, OPS) instanceof SlackAnswer.Done ? 1 : 0;
    }
    long seconds = Duration.ofNanos(System.nanoTime() - before).toSeconds();

    assertThat(slack.calls(SlackLimits.POST)).hasSize(sent).hasSizeBetween(3, (int) seconds + 4);
  }

  @Test
  void whatIsTooFastIsToldToWaitWithoutACall() {
    SlackCalls.Caller caller = caller();
    SlackCalls slow = replica(0.1);
    assertThat(post(slow, caller, OPS)).isInstanceOf(SlackAnswer.Done.class);

    assertThat(post(slow, caller, OPS))
        .isInstanceOfSatisfying(
            SlackAnswer.TooMany.class,
            limit ->
                assertThat(limit.retryAfter()).isPositive().isLessThan(Duration.ofSeconds(11)));
    assertThat(slack.calls(SlackLimits.POST)).hasSize(1);
  }

  @Test
  void slacksAnswerOfOneSecondHoldsTheChannelAndALongerOneTheMethodOnEveryReplica() {
    slack.team().channel("C0OTHER01", "other", SlackTeam.BOT_USER, ADA);
    SlackCalls.Caller caller = caller();
    slack.limitNext(SlackLimits.POST, 1);
    post(replica(), caller, OPS);
    assertThat(post(replica(), caller, "C0OTHER01")).isInstanceOf(SlackAnswer.Done.class);

    slack.limitNext(SlackLimits.POST, 600);
    assertThat(post(replica(), caller, "C0OTHER01"))
        .isEqualTo(new SlackAnswer.TooMany(Duration.ofSeconds(600)));
    int calls = slack.calls(SlackLimits.POST).size();
    assertThat(post(replica(), caller, "C0THIRD01"))
        .isInstanceOfSatisfying(
            SlackAnswer.TooMany.class,
            limit -> assertThat(limit.retryAfter()).isGreaterThan(Duration.ofSeconds(300)));
    assertThat(slack.calls(SlackLimits.POST)).hasSize(calls);
  }

  @Test
  void aPersonsFormDoesNotWaitForWhatEverybodyIsTold() {
    SlackCalls.Caller caller = caller();
    slack.limitNext(SlackLimits.POST, 600);
    post(replica(), caller, OPS);

    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("trigger_id", "1.2.3");
    assertThat(replica().call(caller, "views.open", null, arguments))
        .isEqualTo(new SlackAnswer.Refused("invalid_trigger_id", ""));
  }
}
