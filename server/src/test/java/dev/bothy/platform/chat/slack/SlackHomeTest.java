package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatConnector.Delivery;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Field;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.OutboxSender.Result;
import dev.bothy.testkit.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands in the Home tab, and which of two publications wins.
class SlackHomeTest {
  private static final String ADA = "U0ADA0001";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestClock clock = new TestClock();
  private final FakeSlack slack = FakeSlack.start(clock);

  /// Publishing needs no scope at all.
  private final String token = slack.install();

  private final ChatConnection connection =
      new ChatConnection(
          new ConnectionId(UUID.randomUUID()),
          new WorkspaceId(UUID.randomUUID()),
          Network.SLACK,
          "Bothy Test",
          SlackTeam.BOT_USER);
  private final SlackConnector connector =
      new SlackConnector(
          new SlackApi(
              RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build(),
              slack.api(),
              JSON),
          new NoLimits(),
          asked ->
              Optional.of(
                  new SlackSecrets(token, "unused", SlackTeam.ID, SlackTeam.BOT_ID, "", null)),
          clock,
          new Metrics(new PrometheusRegistry()));

  @BeforeEach
  void populate() {
    slack.team().person(ADA, "ada", "Ada Lovelace");
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void theTabShowsWhatWasPublishedLast() {
    assertThat(publish(null, Content.of("one"))).isInstanceOf(Result.Sent.class);
    assertThat(publish(hash(), Content.of("3 < 4"))).isInstanceOf(Result.Sent.class);

    assertThat(shown()).isEqualTo("3 &lt; 4");
    assertThat(slack.calls("views.publish")).hasSize(2);
    assertThat(slack.team().messages()).isEmpty();
  }

  @Test
  void aRequestThatReachesSlackLateDoesNotCoverWhatIsNewer() {
    publish(null, Content.of("opened"));
    String opened = hash();
    publish(opened, Content.of("newer"));
    SlackCall late = slack.calls("views.publish").getLast();

    SlackAnswer answer =
        new SlackApi(
                RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build(),
                slack.api(),
                JSON)
            .call(token, "views.publish", late.arguments());

    assertThat(answer)
        .isInstanceOfSatisfying(
            SlackAnswer.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo("hash_conflict"));
  }

  @Test
  void whatWasPublishedSinceTheOpeningIsOlderAndIsCovered() {
    publish(null, Content.of("opened"));
    String opened = hash();
    publish(opened, Content.of("answer to the first opening"));

    assertThat(publish(opened, Content.of("answer to the second"))).isInstanceOf(Result.Sent.class);

    assertThat(shown()).isEqualTo("answer to the second");
    assertThat(slack.calls("views.publish").getLast().arguments().has("hash")).isFalse();
  }

  @Test
  void aConflictIsMetOnceAndSlacksOtherAnswersStand() {
    slack.refuseNext("views.publish", "hash_conflict");
    slack.refuseNext("views.publish", "hash_conflict");
    assertThat(publish("1.2", Content.of("x"))).isEqualTo(new Result.Rejected("hash_conflict"));
    assertThat(slack.calls("views.publish")).hasSize(2);

    slack.refuseNext("views.publish", "not_enabled");
    assertThat(publish(null, Content.of("x"))).isEqualTo(new Result.Rejected("not_enabled"));
    slack.limitNext("views.publish", 17);
    assertThat(publish(null, Content.of("x")))
        .isEqualTo(new Result.RateLimited(Duration.ofSeconds(17)));
  }

  @Test
  void contentWithoutEndIsShortenedAndSaysByHowManyLines() {
    String text =
        IntStream.rangeClosed(1, 30_000)
            .mapToObj(line -> "line " + line)
            .collect(Collectors.joining("\n"));

    assertThat(publish(null, withButton(Content.of(text)))).isInstanceOf(Result.Sent.class);

    List<String> texts = texts();
    String last = texts.getLast();
    long missing = Long.parseLong(last.replaceAll("\\D", ""));
    long lines = texts.subList(0, texts.size() - 1).stream().flatMap(String::lines).count();
    assertThat(last)
        .isEqualTo("… " + missing + " more lines are not shown: there is no more room here.");
    assertThat(lines + missing).isEqualTo(30_000);
    assertThat(lines).isGreaterThan(10_000);
    assertThat(view().at("/blocks").valueStream().toList().getLast().path("type").asString())
        .as("the button is there all the same")
        .isEqualTo("actions");
  }

  @Test
  void manyFieldsKeepToTheHundredBlocksOfAView() {
    Field[] fields =
        IntStream.range(0, 300)
            .mapToObj(n -> new Field("Field " + n, RichText.of("x".repeat(1_500))))
            .toArray(Field[]::new);

    publish(null, withButton(Content.of("Many").withFields(fields)));

    assertThat(view().path("blocks").size()).isEqualTo(SlackHome.BLOCKS);
    assertThat(texts().getLast()).startsWith("… ").contains(" more lines are not shown");
  }

  @Test
  void whatFitsIsShownWhole() {
    publish(null, withButton(Content.of("word ".repeat(2_000))));

    assertThat(String.join("", texts())).isEqualTo("word ".repeat(2_000));
  }

  private static Content withButton(Content content) {
    return content.withActions(new Button("rotations.new", "New", "", Button.Style.PRIMARY));
  }

  private Result publish(@Nullable String over, Content content) {
    return connector.send(
        new Delivery(
            UUID.randomUUID(), connection, new OutboundMessage.Home(ADA, over, content), null));
  }

  private JsonNode view() {
    return slack.homeOf(ADA).orElseThrow();
  }

  private String hash() {
    return view().path("hash").asString();
  }

  private String shown() {
    return view().at("/blocks/0/text/text").asString();
  }

  private List<String> texts() {
    return view()
        .path("blocks")
        .valueStream()
        .map(block -> block.at("/text/text").asString(""))
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
