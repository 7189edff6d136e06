package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.Webhooks;
import dev.bothy.platform.chat.Webhooks.Received;
import dev.bothy.platform.chat.WebhooksContract;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.testkit.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/// Slack's connector fulfils the contract, against the fake that Slack's SDKs take for Slack.
class SlackContractTest implements WebhooksContract {
  private static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String OPS = "C0OPS0001";
  private static final String NEWS = "C0NEWS001";
  private static final String ON_DUTY = "S0ONDUTY1";
  private static final String ADA = "U0ADA0001";
  private static final List<String> EVENTS =
      List.of(
          "app-mention",
          "message-channels",
          "message-thread",
          "message-im",
          "message-bot-other",
          "message-changed",
          "message-deleted",
          "message-file-share",
          "member-joined-channel",
          "member-left-channel",
          "reaction-added",
          "app-home-opened",
          "app-uninstalled",
          "tokens-revoked");

  private final TestClock clock = new TestClock();
  private final FakeSlack slack = FakeSlack.start(clock);
  private final SlackRequests requests = SlackRequests.signedWith(SIGNING_SECRET, clock);
  private final WebhooksHarness harness = new SlackHarness();

  @AfterEach
  void stop() {
    slack.close();
  }

  @Override
  public WebhooksHarness harness() {
    return harness;
  }

  private final class SlackHarness implements WebhooksHarness {
    private final String token =
        slack.install(
            "chat:write",
            "im:write",
            "users:read",
            "channels:join",
            "channels:write.topic",
            "usergroups:read",
            "usergroups:write");
    private final ChatConnection connection =
        new ChatConnection(
            new ConnectionId(UUID.randomUUID()),
            new WorkspaceId(UUID.randomUUID()),
            Network.SLACK,
            "Bothy Test",
            SlackTeam.BOT_USER);
    private final SlackConnector connector;

    SlackHarness() {
      slack.team().person(ADA, "ada", "Ada Lovelace");
      slack.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA);
      slack.team().channel(NEWS, "news", ADA);
      slack.team().group(ON_DUTY, ADA);
      SlackSecrets secrets =
          new SlackSecrets(token, SIGNING_SECRET, SlackTeam.ID, SlackTeam.BOT_ID, "", null);
      RestClient http =
          RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();
      connector =
          new SlackConnector(
              new SlackApi(http, slack.api(), JsonMapper.builder().build()),
              new NoLimits(),
              asked -> Optional.of(secrets),
              clock,
              new Metrics(new PrometheusRegistry()));
    }

    @Override
    public ChatConnector connector() {
      return connector;
    }

    @Override
    public Webhooks webhooks() {
      return connector;
    }

    @Override
    public ChatConnection connection() {
      return connection;
    }

    @Override
    public String conversation() {
      return OPS;
    }

    @Override
    public String account() {
      return ADA;
    }

    @Override
    public List<String> visibleBelow(String externalId) {
      SlackPosted posted = Objects.requireNonNull(SlackPosted.parse(externalId));
      return slack.team().messagesIn(posted.channel()).stream()
          .filter(message -> posted.timestamps().getFirst().equals(message.threadTs()))
          .map(SlackHarness::shown)
          .toList();
    }

    @Override
    public String elsewhere() {
      return NEWS;
    }

    @Override
    public String topicOf(String conversation) {
      return slack.team().topicOf(conversation);
    }

    @Override
    public String group() {
      return ON_DUTY;
    }

    @Override
    public List<String> membersOf(String group) {
      return slack.team().membersOf(group).orElse(List.of());
    }

    /// As a person reads it: entities resolved, zero-width spaces unseen.
    @Override
    public List<String> visibleIn(String conversationOrAccount) {
      List<SlackTeam.Message> messages =
          conversationOrAccount.equals(ADA)
              ? slack.team().directMessagesTo(ADA)
              : slack.team().messagesIn(conversationOrAccount);
      return messages.stream()
          .map(SlackHarness::shown)
          .map(mrkdwn -> SlackText.typed(mrkdwn).replace("\u200B", ""))
          .toList();
    }

    /// The blocks: the text beside them is for notifications.
    private static String shown(SlackTeam.Message message) {
      return Objects.requireNonNull(message.blocks())
          .valueStream()
          .map(block -> block.at("/text/text").asString(""))
          .collect(Collectors.joining());
    }

    @Override
    public Set<String> secrets() {
      return Set.of(token, SIGNING_SECRET, "hooks.slack.com", "1000001.2000000");
    }

    @Override
    public Map<String, Webhooks.Request> recorded() {
      Map<String, Webhooks.Request> recorded = new LinkedHashMap<>();
      EVENTS.forEach(name -> recorded.put(name, request("events", requests.event(name))));
      recorded.put("slash-command", request("commands", requests.command(Map.of())));
      for (String name : List.of("block-actions-button", "view-submission")) {
        recorded.put(name, request("interactions", requests.interaction(name)));
      }
      return recorded;
    }

    @Override
    public Webhooks.Request unknown() {
      return request("events", requests.event("unknown-event"));
    }

    @Override
    public String signatureHeader() {
      return "x-slack-signature";
    }

    @Override
    public void limitNext(Duration retryAfter) {
      slack.limitNext("chat.postMessage", (int) retryAfter.toSeconds());
    }
  }

  @Test
  void theChallengeIsSentBackOnlyIfItIsSigned() {
    SlackRequests.Request genuine = requests.event("url-verification");
    assertThat(receive("events", genuine))
        .isEqualTo(
            new Received.Challenge(
                SlackRequests.recording("url-verification").path("challenge").asString()));
    assertThat(
            receive(
                "events",
                SlackRequests.signedWith("another0secret00", clock).event("url-verification")))
        .isInstanceOfSatisfying(
            Received.Refused.class, refused -> assertThat(refused.status()).isEqualTo(401));
  }

  @ParameterizedTest
  @CsvSource({"-301, 401", "301, 401", "-299, 0", "299, 0"})
  void aRequestIsGenuineForFiveMinutesInEitherDirection(long seconds, int status) {
    SlackRequests.Request request =
        requests.signed(
            "application/json",
            requests.event("app-mention").body(),
            clock.instant().plusSeconds(seconds));

    assertThat(receive("events", request))
        .isInstanceOf(status == 0 ? Received.Event.class : Received.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "events       ¦ {\"type\":\"event_callback\",\"event_id\":\"Ev0",
        "events       ¦ ",
        "events       ¦ []",
        "events       ¦ {\"type\":\"event_callback\"}",
        "commands     ¦ command=%2Frotation",
        "commands     ¦ command=%ZZ&user_id=U1&trigger_id=1",
        "commands     ¦ command=%2Frotation&user_id=U1&trigger_id=1&text=%C3%28",
        "interactions ¦ payload=%7B",
        "interactions ¦ other=1",
        "elsewhere    ¦ {}"
      })
  void whatIsGenuineButUnreadableIsRefusedWith400(String path, String body) {
    byte[] bytes = (body == null ? "" : body).getBytes(UTF_8);

    assertThat(receive(path, requests.signed("application/json", bytes)))
        .isInstanceOfSatisfying(
            Received.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedWith400() {
    byte[] latin = "{\"type\":\"event_callback\",\"x\":\"ü\"}".getBytes(ISO_8859_1);

    assertThat(receive("events", requests.signed("application/json", latin)))
        .isEqualTo(new Received.Refused(400, "not UTF-8"));
  }

  @Test
  void aRetryIsTheSameDelivery() {
    SlackRequests.Request first = requests.event("message-channels");
    SlackRequests.Request retry = requests.retry(first, 1, "http_timeout");

    assertThat(((Received.Event) receive("events", retry)).deliveryId())
        .isEqualTo(((Received.Event) receive("events", first)).deliveryId());
  }

  @Test
  void onlyAFormIsAnsweredAtOnce() {
    assertThat(
            ((Received.Event) receive("interactions", requests.interaction("view-submission")))
                .answerExpected())
        .isTrue();
    assertThat(
            ((Received.Event) receive("interactions", requests.interaction("block-actions-button")))
                .answerExpected())
        .isFalse();
  }

  private Received receive(String path, SlackRequests.Request request) {
    return harness.webhooks().receive(harness.connection(), request(path, request));
  }

  private static Webhooks.Request request(String path, SlackRequests.Request request) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Webhooks.Request(path, headers, request.body());
  }
}
