package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector.Delivery;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Option;
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
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What reaches Slack, and what Slack's answers mean.
class SlackConnectorTest {
  private static final String OPS = "C0OPS0001";
  private static final String ADA = "U0ADA0001";

  private static final RestClient HTTP =
      RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();

  private final TestClock clock = new TestClock();
  private final FakeSlack slack = FakeSlack.start(clock);
  private final String token = slack.install("chat:write", "im:write", "users:read", "commands");
  private final ChatConnection connection =
      new ChatConnection(
          new ConnectionId(UUID.randomUUID()),
          new WorkspaceId(UUID.randomUUID()),
          Network.SLACK,
          "Bothy Test",
          SlackTeam.BOT_USER);
  private final SlackConnector connector =
      new SlackConnector(
          new SlackApi(HTTP, slack.api(), JsonMapper.builder().build()),
          new NoLimits(),
          asked -> Optional.of(secrets(token)),
          clock,
          new Metrics(new PrometheusRegistry()));

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    slack.team().channel(OPS, "ops", SlackTeam.BOT_USER, ADA);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void aMessageIsPostedWithItsBlocksItsIdAndNoPreviews() {
    UUID id = UUID.randomUUID();
    Result result = send(id, new OutboundMessage.Post(OPS, null, Content.of("3 < 4")), null);

    Message posted = slack.team().messagesIn(OPS).getFirst();
    assertThat(result).isEqualTo(new Result.Sent(OPS + "/" + posted.ts()));
    assertThat(posted.text()).isEqualTo("3 &lt; 4");
    SlackCall call = slack.calls("chat.postMessage").getFirst();
    assertThat(call.contentType()).isEqualTo("application/json");
    assertThat(call.text("unfurl_links")).isEqualTo("false");
    assertThat(call.arguments().at("/metadata/event_payload/id").asString())
        .isEqualTo(id.toString());
  }

  @Test
  void anAnswerInAThreadNamesItsMessage() {
    send(new OutboundMessage.Post(OPS, "1795330800.000100", Content.of("x")));

    assertThat(slack.team().messagesIn(OPS).getFirst().threadTs()).isEqualTo("1795330800.000100");
  }

  @Test
  void aLongMessageIsPostedInOrderAndItsUpdateAndDeletionReachAllOfIt() {
    Result sent = send(new OutboundMessage.Post(OPS, null, Content.of("word ".repeat(2_000))));
    String target = externalId(sent);
    assertThat(slack.team().messagesIn(OPS)).hasSize(3);

    UUID message = UUID.randomUUID();
    Result updated =
        send(
            UUID.randomUUID(),
            new OutboundMessage.Update(message, OPS, Content.of("short")),
            target);
    assertThat(updated).isInstanceOf(Result.Sent.class);
    assertThat(slack.team().messagesIn(OPS)).extracting(Message::text).containsExactly("short");

    send(UUID.randomUUID(), new OutboundMessage.Delete(message, OPS), target);
    assertThat(slack.team().messagesIn(OPS)).isEmpty();
  }

  @Test
  void anUpdateThatNeedsMoreRoomPostsTheRestBelow() {
    String target = externalId(send(new OutboundMessage.Post(OPS, null, Content.of("short"))));

    send(
        UUID.randomUUID(),
        new OutboundMessage.Update(UUID.randomUUID(), OPS, Content.of("word ".repeat(1_000))),
        target);

    assertThat(slack.team().messagesIn(OPS)).hasSize(2);
    assertThat(slack.team().messagesIn(OPS).getFirst().edited()).isTrue();
  }

  @Test
  void aLimitBetweenTwoPartsGoesOnWhereItStopped() {
    UUID id = UUID.randomUUID();
    OutboundMessage.Post post =
        new OutboundMessage.Post(OPS, null, Content.of("word ".repeat(1_500)));
    slack.limitChannelsToOneMessagePerSecond(true);

    assertThat(send(id, post, null)).isEqualTo(new Result.RateLimited(Duration.ofSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    assertThat(send(id, post, null)).isInstanceOf(Result.Sent.class);

    assertThat(slack.team().messagesIn(OPS)).hasSize(2);
    assertThat(slack.team().messagesIn(OPS).get(0).text())
        .isNotEqualTo(slack.team().messagesIn(OPS).get(1).text());
  }

  @Test
  void aDirectMessageOpensItsConversationOnce() {
    send(new OutboundMessage.Direct(ADA, Content.of("one")));
    Result second = send(new OutboundMessage.Direct(ADA, Content.of("two")));

    assertThat(slack.team().directMessagesTo(ADA)).hasSize(2);
    assertThat(slack.calls("conversations.open")).hasSize(1);
    assertThat(externalId(second)).startsWith("D0");
  }

  @Test
  void buttonsAreTakenOffByAnUpdate() {
    Content asking =
        Content.of("You are on duty")
            .withActions(new Button("rotations.ok", "OK", "", Button.Style.PRIMARY));
    String target = externalId(send(new OutboundMessage.Direct(ADA, asking)));
    assertThat(blockTypes(slack.team().directMessagesTo(ADA).getFirst())).contains("actions");

    send(
        UUID.randomUUID(),
        new OutboundMessage.Update(UUID.randomUUID(), ADA, Content.of("You were on duty")),
        target);

    assertThat(blockTypes(slack.team().directMessagesTo(ADA).getFirst())).doesNotContain("actions");
  }

  @Test
  void somethingForOnePersonGoesThroughTheAnswersAddress() {
    ReplyHandle reply = new SlackReply("", slack.responseUrl(OPS, ADA).toString()).handle();

    send(new OutboundMessage.Ephemeral(OPS, ADA, reply, Content.of("only you")));

    assertThat(slack.calls("chat.postEphemeral")).isEmpty();
    assertThat(slack.team().messages().getFirst().ephemeralFor()).isEqualTo(ADA);
  }

  @Test
  void whereTheAnswersAddressIsUsedUpOrMissingItIsShownInTheConversation() {
    URI url = slack.responseUrl(OPS, ADA);
    clock.advance(Duration.ofMinutes(31));
    ReplyHandle expired = new SlackReply("", url.toString()).handle();

    send(new OutboundMessage.Ephemeral(OPS, ADA, expired, Content.of("late")));
    send(new OutboundMessage.Ephemeral(OPS, ADA, ReplyHandle.NONE, Content.of("unasked")));

    assertThat(slack.team().messages()).hasSize(2).allMatch(m -> ADA.equals(m.ephemeralFor()));
    assertThat(slack.calls("chat.postEphemeral")).hasSize(2);
  }

  @Test
  void aFormIsOpenedWithAllItsFields() {
    List<Option> zones =
        IntStream.range(0, 150).mapToObj(n -> new Option("z" + n, "Zone " + n)).toList();
    Form form =
        new Form(
            "rotations.new",
            "New rotation",
            "Create",
            "x".repeat(2_000),
            List.of(
                new Form.TextField("name", "Name", "1 to 60 characters", "", false, false, 60),
                new Form.TextField("note", "Note", "", "typed " + "x".repeat(20), true, true, 10),
                new Form.ChoiceField("zone", "Zone", zones, List.of("z120"), false, false),
                new Form.ChoiceField(
                    "days",
                    "Days",
                    List.of(new Option("mon", "Mon"), new Option("tue", "Tue")),
                    List.of("mon", "tue"),
                    true,
                    true),
                new Form.PeopleField("people", "People", "In order", List.of(ADA), false, 50)));
    ReplyHandle reply = new SlackReply(slack.trigger(ADA), "").handle();

    Result result = send(new OutboundMessage.OpenForm(OPS, ADA, reply, form));

    assertThat(result).isInstanceOf(Result.Sent.class);
    JsonNode view = slack.calls("views.open").getFirst().arguments().path("view");
    assertThat(view.path("callback_id").asString()).isEqualTo("rotations.new");
    assertThat(view.at("/blocks/0/hint/text").asString()).isEqualTo("1 to 60 characters");
    assertThat(view.at("/blocks/2/element/initial_option/value").asString()).isEqualTo("z120");
    assertThat(view.at("/blocks/4/element/initial_users/0").asString()).isEqualTo(ADA);
    assertThat(SlackForms.origin(view)).isEqualTo(new SlackForms.Origin(OPS, "x".repeat(2_000)));
  }

  @Test
  void aFormThatComesTooLateIsGivenUp() {
    ReplyHandle reply = new SlackReply(slack.trigger(ADA), "").handle();
    clock.advance(Duration.ofSeconds(4));
    Form form =
        new Form(
            "a.b",
            "T",
            "Go",
            "",
            List.of(new Form.TextField("name", "Name", "", "", false, false, 60)));

    assertThat(send(new OutboundMessage.OpenForm(OPS, ADA, reply, form)))
        .isEqualTo(new Result.Rejected("expired_trigger_id"));
    assertThat(send(new OutboundMessage.OpenForm(OPS, ADA, ReplyHandle.NONE, form)))
        .isInstanceOf(Result.Rejected.class);
  }

  @Test
  void anErrorOfNoFieldIsShownAtTheFirst() {
    JsonNode view = SlackRequests.recording("view-submission").path("view");

    JsonNode answer =
        SlackForms.errors(
            SlackForms.submitted(view).keySet(),
            Map.of("people", "at least one", "nowhere", "something else"));

    assertThat(answer.path("response_action").asString()).isEqualTo("errors");
    assertThat(answer.at("/errors/people").asString()).isEqualTo("at least one");
    assertThat(answer.at("/errors/name").asString()).isEqualTo("something else");
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, Rejected",
    "not_in_channel, Rejected",
    "is_archived, Rejected",
    "invalid_auth, Rejected",
    "token_revoked, Rejected",
    "internal_error, Unreachable",
    "service_unavailable, Unreachable"
  })
  void slacksRefusalIsForGoodAndItsTroubleIsNot(String error, String result) {
    slack.refuseNext("chat.postMessage", error);

    Result answer = send(new OutboundMessage.Post(OPS, null, Content.of("x")));

    assertThat(answer.getClass().getSimpleName()).isEqualTo(result);
    assertThat(answer.toString()).contains(error).doesNotContain(token);
  }

  @Test
  void aMissingScopeIsNamed() {
    SlackConnector bare =
        new SlackConnector(
            new SlackApi(HTTP, slack.api(), JsonMapper.builder().build()),
            new NoLimits(),
            asked -> Optional.of(secrets(slack.install("commands"))),
            clock,
            new Metrics(new PrometheusRegistry()));

    Result answer =
        bare.send(
            new Delivery(
                UUID.randomUUID(),
                connection,
                new OutboundMessage.Post(OPS, null, Content.of("x")),
                null));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Result.Rejected.class,
            rejected ->
                assertThat(rejected.reason())
                    .startsWith("missing_scope: the app lacks the scope chat:write. "));
  }

  @Test
  void aLimitIsSlacksOwnDelayAndAnOutageIsTriedAgain() {
    slack.limitNext("chat.postMessage", 17);
    assertThat(send(new OutboundMessage.Post(OPS, null, Content.of("x"))))
        .isEqualTo(new Result.RateLimited(Duration.ofSeconds(17)));

    slack.breakNext("chat.postMessage", 503);
    assertThat(send(new OutboundMessage.Post(OPS, null, Content.of("x"))))
        .isInstanceOf(Result.Unreachable.class);

    slack.close();
    assertThat(send(new OutboundMessage.Post(OPS, null, Content.of("x"))))
        .isInstanceOf(Result.Unreachable.class);
  }

  @Test
  void aMessageThatIsGoneCountsAsDeletedAndOneThatNeverCameIsGivenUp() {
    OutboundMessage.Delete delete = new OutboundMessage.Delete(UUID.randomUUID(), OPS);

    assertThat(send(UUID.randomUUID(), delete, OPS + "/1.2")).isEqualTo(new Result.Sent(null));
    assertThat(send(UUID.randomUUID(), delete, null)).isInstanceOf(Result.Rejected.class);
  }

  @Test
  void anAccountIsLookedUp() throws IOException {
    slack
        .team()
        .user(
            new SlackTeam.User(
                "U0GONE003", "gone", "Gone Person", null, "Europe/Berlin", true, false));
    slack
        .team()
        .user(
            new SlackTeam.User("U0BER0004", "ber", "Ber Lin", null, "Europe/Berlin", false, false));

    assertThat(connector.lookUp(connection, "U0BER0004"))
        .contains(
            new Account(
                "U0BER0004",
                "ber",
                ZoneId.of("Europe/Berlin"),
                true,
                false,
                slack.team().changedAt("U0BER0004").truncatedTo(ChronoUnit.SECONDS)));
    assertThat(connector.lookUp(connection, "U0GONE003").orElseThrow().active()).isFalse();
    assertThat(connector.lookUp(connection, SlackTeam.BOT_USER).orElseThrow().bot()).isTrue();
    assertThat(connector.lookUp(connection, "U0NOBODY1")).isEmpty();
    slack.refuseNext("users.info", "invalid_auth");
    assertThatThrownBy(() -> connector.lookUp(connection, ADA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("invalid_auth");
  }

  private static SlackSecrets secrets(String token) {
    return new SlackSecrets(token, "unused", SlackTeam.ID, SlackTeam.BOT_ID, "", null);
  }

  private Result send(OutboundMessage message) {
    return send(UUID.randomUUID(), message, null);
  }

  private Result send(UUID id, OutboundMessage message, @Nullable String target) {
    return connector.send(new Delivery(id, connection, message, target));
  }

  private static String externalId(Result result) {
    assertThat(result).isInstanceOf(Result.Sent.class);
    return Objects.requireNonNull(((Result.Sent) result).externalId());
  }

  private static List<String> blockTypes(Message message) {
    return Objects.requireNonNull(message.blocks())
        .valueStream()
        .map(block -> block.path("type").asString())
        .toList();
  }
}
