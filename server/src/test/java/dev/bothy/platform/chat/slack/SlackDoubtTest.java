package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector.Delivery;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Form;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.ReplyHandle;
import dev.bothy.platform.chat.slack.SlackTeam.Message;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.testkit.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A message of which it is not known whether it reached Slack is looked for before it is sent
/// again.
class SlackDoubtTest {
  private static final String OPS = "C0OPS0001";
  private static final String SECRET = "C0SECRET1";
  private static final String ADA = "U0ADA0001";
  private static final String[] READING = {
    "chat:write", "im:write", "channels:history", "groups:history", "im:history"
  };

  private final TestClock clock = new TestClock();
  private final FakeSlack slack = FakeSlack.start(clock);
  private final PrometheusRegistry scrape = new PrometheusRegistry();
  private final Metrics metrics = new Metrics(scrape);
  private final UUID id = UUID.randomUUID();
  private final Instant since = clock.instant();
  private final ChatConnection connection =
      new ChatConnection(
          new ConnectionId(UUID.randomUUID()),
          new WorkspaceId(UUID.randomUUID()),
          Network.SLACK,
          "Bothy Test",
          SlackTeam.BOT_USER);
  private String token = slack.install(READING);

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    slack.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA);
    slack.team().privateChannel(SECRET, "secret", SlackTeam.BOT_USER, ADA);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  /// A server that has been started anew and remembers nothing.
  private SlackConnector server() {
    RestClient http =
        RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
    SlackSecrets secrets =
        new SlackSecrets(token, "unused", SlackTeam.ID, SlackTeam.BOT_ID, "", null);
    return new SlackConnector(
        new SlackApi(http, slack.api(), JsonMapper.builder().build()),
        new NoLimits(),
        asked -> Optional.of(secrets),
        clock,
        metrics);
  }

  private Result first(OutboundMessage message) {
    return server().send(new Delivery(id, connection, message, null));
  }

  private Result again(OutboundMessage message) {
    return again(message, null);
  }

  private Result again(OutboundMessage message, @Nullable String target) {
    clock.advance(Duration.ofSeconds(40));
    return server().send(new Delivery(id, connection, message, true, since, target));
  }

  private static OutboundMessage post(String channel, String text) {
    return new OutboundMessage.Post(channel, null, Content.of(text));
  }

  private Map<String, Integer> counted() {
    Map<String, Integer> counted = new TreeMap<>();
    scrape.scrape().stream()
        .filter(each -> each.getMetadata().getName().equals("bothy_messages_in_doubt"))
        .flatMap(each -> ((CounterSnapshot) each).getDataPoints().stream())
        .forEach(point ->
            counted.put(
                Objects.requireNonNull(point.getLabels().get("result")), (int) point.getValue()));
    return counted;
  }

  @Test
  void whatStandsInAChannelIsNotPostedAgain() {
    Result sent = first(post(OPS, "once"));

    assertThat(again(post(OPS, "once"))).isEqualTo(sent);
    assertThat(slack.team().messagesIn(OPS)).hasSize(1);
    assertThat(counted()).containsExactly(Map.entry("found", 1));
  }

  @Test
  void aPrivateChannelAThreadAndADirectMessageAreLookedThroughToo() {
    String root = slack.team().post(OPS, "the first of a thread");
    for (OutboundMessage message :
        List.of(
            post(SECRET, "once"),
            new OutboundMessage.Post(OPS, root, Content.of("once")),
            new OutboundMessage.Direct(ADA, Content.of("once")))) {
      Result sent = first(message);
      assertThat(again(message)).isEqualTo(sent);
    }
    assertThat(slack.calls("chat.postMessage")).hasSize(3);
    assertThat(slack.calls("conversations.replies")).hasSize(1);
    assertThat(counted()).containsExactly(Map.entry("found", 3));
  }

  @Test
  void whatNeverArrivedIsPosted() {
    slack.breakNext("chat.postMessage", 503);
    assertThat(first(post(OPS, "once"))).isInstanceOf(Result.Unreachable.class);

    assertThat(again(post(OPS, "once"))).isInstanceOf(Result.Sent.class);
    assertThat(slack.team().messagesIn(OPS)).hasSize(1);
    assertThat(counted()).containsExactly(Map.entry("absent", 1));
  }

  @Test
  void ofALongMessageOnlyTheMissingPartsArePosted() {
    OutboundMessage message = post(OPS, "word ".repeat(2_000));
    SlackConnector dying = server();
    slack.beforeAnswer(_ -> {
      if (slack.calls("chat.postMessage").size() == 1) {
        slack.breakNext("chat.postMessage", 503);
      }
    });
    assertThat(dying.send(new Delivery(id, connection, message, null)))
        .isInstanceOf(Result.Unreachable.class);
    slack.beforeAnswer(_ -> {});
    assertThat(slack.team().messagesIn(OPS)).hasSize(1);

    Result sent = again(message);

    List<Message> stands = slack.team().messagesIn(OPS);
    assertThat(stands)
        .extracting(stand -> Objects.requireNonNull(stand.metadata()).at("/event_payload/part"))
        .extracting(JsonNode::asInt)
        .containsExactly(0, 1, 2);
    assertThat(sent)
        .isEqualTo(
            new Result.Sent(
                new SlackPosted(OPS, stands.stream().map(Message::ts).toList()).toString()));
  }

  @Test
  void aLimitBetweenTwoPartsIsGotOverByAnotherServerToo() {
    OutboundMessage message = post(OPS, "word ".repeat(1_500));
    slack.limitChannelsToOneMessagePerSecond(true);
    assertThat(first(message)).isInstanceOf(Result.RateLimited.class);
    clock.advance(Duration.ofSeconds(2));

    Result sent = server().send(new Delivery(id, connection, message, false, since, null));

    assertThat(sent).isInstanceOf(Result.Sent.class);
    assertThat(slack.team().messagesIn(OPS))
        .hasSize(2)
        .extracting(Message::text)
        .doesNotHaveDuplicates();
  }

  @Test
  void whereTheAppMayNotReadTheMessageIsSentAgainAndCounted() {
    token = slack.install("chat:write");
    first(post(OPS, "twice"));

    assertThat(again(post(OPS, "twice"))).isInstanceOf(Result.Sent.class);
    assertThat(slack.team().messagesIn(OPS)).hasSize(2);
    assertThat(counted()).containsExactly(Map.entry("unknown", 1));
  }

  @Test
  void itIsFoundBehindAFewHundredOthers() {
    Result sent = first(post(OPS, "once"));
    for (int other = 0; other < 450; other++) {
      slack.team().post(OPS, "other " + other);
    }

    assertThat(again(post(OPS, "once"))).isEqualTo(sent);
    assertThat(slack.calls("conversations.history")).hasSize(3);
  }

  @Test
  void behindMoreThanAThousandItIsNotLookedForAnyLonger() {
    first(post(OPS, "twice"));
    for (int other = 0; other < 1_001; other++) {
      slack.team().post(OPS, "other " + other);
    }

    assertThat(again(post(OPS, "twice"))).isInstanceOf(Result.Sent.class);
    assertThat(slack.calls("conversations.history")).hasSize(5);
    assertThat(counted()).containsExactly(Map.entry("unknown", 1));
  }

  @Test
  void aLimitOnLookingIsWaitedForAndNothingIsSentMeanwhile() {
    first(post(OPS, "once"));
    slack.limitNext("conversations.history", 9);

    assertThat(again(post(OPS, "once"))).isEqualTo(new Result.RateLimited(Duration.ofSeconds(9)));
    slack.breakNext("conversations.history", 500);
    assertThat(again(post(OPS, "once"))).isInstanceOf(Result.Unreachable.class);
    assertThat(again(post(OPS, "once"))).isInstanceOf(Result.Sent.class);
    assertThat(slack.team().messagesIn(OPS)).hasSize(1);
  }

  @Test
  void anotherAppsMessageWithOurIdIsNotOurs() {
    Result sent = first(post(OPS, "once"));
    ChatConnection stranger =
        new ChatConnection(
            connection.id(), connection.workspace(), Network.SLACK, "Bothy Test", "U0OTHER01");

    Result posted = server().send(new Delivery(id, stranger, post(OPS, "once"), true, since, null));

    assertThat(posted).isInstanceOf(Result.Sent.class).isNotEqualTo(sent);
  }

  @Test
  void changingAndTakingBackTwiceIsAsOnceAndIsNotLookedUp() {
    String target = Objects.requireNonNull(((Result.Sent) first(post(OPS, "before"))).externalId());
    OutboundMessage change = new OutboundMessage.Update(id, OPS, Content.of("after"));
    again(change, target);
    again(change, target);
    OutboundMessage delete = new OutboundMessage.Delete(id, OPS);
    again(delete, target);

    assertThat(again(delete, target)).isInstanceOf(Result.Sent.class);
    assertThat(slack.calls("conversations.history")).isEmpty();
    assertThat(slack.team().messagesIn(OPS)).isEmpty();
    assertThat(counted()).isEmpty();
  }

  @Test
  void aFormThatIsOpenAlreadyCountsAsSent() {
    ReplyHandle reply = new SlackReply(slack.trigger(ADA), "").handle();
    Form form =
        new Form(
            "a.b",
            "T",
            "Go",
            "",
            List.of(new Form.TextField("name", "Name", "", "", false, false, 60)));
    OutboundMessage open = new OutboundMessage.OpenForm(OPS, ADA, reply, form);
    first(open);

    assertThat(again(open)).isEqualTo(new Result.Sent(null));
    assertThat(counted()).containsExactly(Map.entry("found", 1));
  }

  @Test
  void whatOnePersonAloneIsShownIsShownAgain() {
    OutboundMessage answer =
        new OutboundMessage.Ephemeral(OPS, ADA, ReplyHandle.NONE, Content.of("only you"));
    first(answer);

    assertThat(again(answer)).isInstanceOf(Result.Sent.class);
    assertThat(counted()).containsExactly(Map.entry("unknown", 1));
  }
}
