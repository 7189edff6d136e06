package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fake refuses what Slack refuses, in Slack's words.
class FakeSlackTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T09:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final MovableClock clock = new MovableClock();
  private final FakeSlack slack = FakeSlack.start(clock);
  private String token = "";

  @BeforeEach
  void populate() {
    slack.team().person("U0ADA0001", "ada", "Ada Lovelace");
    slack.team().channel("C0OPS0001", "ops", SlackTeam.BOT_USER, "U0ADA0001");
    slack.team().channel("C0ELSE001", "elsewhere", "U0ADA0001");
    slack.team().privateChannel("G0SECRET1", "secret", "U0ADA0001");
    token = slack.install("chat:write", "im:write", "users:read");
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chat.postMessage   | {"channel":"C0NOWHERE","text":"x"}                     | channel_not_found
          chat.postMessage   | {"channel":"C0ELSE001","text":"x"}                     | not_in_channel
          chat.postMessage   | {"channel":"G0SECRET1","text":"x"}                     | channel_not_found
          chat.postMessage   | {"channel":"U0ADA0001","text":"x"}                     | channel_not_found
          chat.postMessage   | {"channel":"C0OPS0001"}                                | no_text
          chat.postMessage   | {"channel":"C0OPS0001","blocks":{}}                    | invalid_blocks_format
          chat.postMessage   | {"channel":"C0OPS0001","blocks":[{"type":"section"}]}  | invalid_blocks
          chat.update        | {"channel":"C0OPS0001","ts":"1.2","text":"x"}          | message_not_found
          chat.delete        | {"channel":"C0OPS0001","ts":"1.2"}                     | message_not_found
          chat.postEphemeral | {"channel":"C0OPS0001","user":"U0NOBODY1","text":"x"}  | user_not_in_channel
          conversations.open | {}                                                     | users_list_not_supplied
          conversations.open | {"users":"U0NOBODY1"}                                  | user_not_found
          views.open         | {"trigger_id":"1.2.3","view":{}}                       | invalid_trigger_id
          conversations.list | {}                                                     | unknown_method
          """)
  void aWrongCallIsRefusedInSlacksWords(String method, String arguments, String error) {
    HttpResponse<String> answer = post(method, "application/json", arguments, token);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("ok").asBoolean()).isFalse();
    assertThat(JSON.readTree(answer.body()).path("error").asString()).isEqualTo(error);
  }

  @Test
  void aTokenIsNeededKnownAndNotRevoked() {
    assertThat(error("auth.test", "", null)).isEqualTo("not_authed");
    assertThat(error("auth.test", "", "xoxb-wrong")).isEqualTo("invalid_auth");
    slack.revoke(token);
    assertThat(error("auth.test", "", token)).isEqualTo("token_revoked");
  }

  @Test
  void aMissingScopeIsNamed() {
    String bare = slack.install("commands");

    JsonNode answer = form("chat.postMessage", "channel=C0OPS0001&text=x", bare);

    assertThat(answer.path("error").asString()).isEqualTo("missing_scope");
    assertThat(answer.path("needed").asString()).isEqualTo("chat:write");
    assertThat(answer.path("provided").asString()).isEqualTo("commands");
  }

  @Test
  void theAddressOfAPersonNeedsAScopeOfItsOwn() {
    String more = slack.install("users:read", "users:read.email");

    assertThat(
            form("users.info", "user=U0ADA0001", token).at("/user/profile/email").isMissingNode())
        .isTrue();
    assertThat(form("users.info", "user=U0ADA0001", more).at("/user/profile/email").asString())
        .isEqualTo("ada@example.com");
  }

  @Test
  void aReadingMethodDoesNotSeeJson() {
    HttpResponse<String> answer =
        post("users.info", "application/json", "{\"user\":\"U0ADA0001\"}", token);

    assertThat(JSON.readTree(answer.body()).path("error").asString()).isEqualTo("user_not_found");
  }

  @Test
  void tooLongTextIsCutByPostingAndRefusedByUpdating() {
    JsonNode posted =
        form("chat.postMessage", "channel=C0OPS0001&text=" + "x".repeat(40_001), token);
    assertThat(slack.team().messages().getFirst().text()).hasSize(40_000);

    String update =
        "channel=C0OPS0001&ts=" + posted.path("ts").asString() + "&text=" + "x".repeat(4_001);
    assertThat(error("chat.update", update, token)).isEqualTo("msg_too_long");
  }

  @Test
  void tooLongASectionIsPointedAt() {
    String blocks =
        "[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\""
            + "x".repeat(3001)
            + "\"}}]";

    JsonNode answer = form("chat.postMessage", "channel=C0OPS0001&blocks=" + blocks, token);

    assertThat(answer.path("error").asString()).isEqualTo("invalid_blocks");
    assertThat(answer.at("/response_metadata/messages/0").asString())
        .isEqualTo("[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
  }

  @Test
  void aTriggerOpensOneViewWithinThreeSeconds() {
    String view =
        "&view={\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"T\"},\"blocks\":[]}";
    String used = slack.trigger("U0ADA0001");
    String late = slack.trigger("U0ADA0001");
    clock.advance(Duration.ofSeconds(3));
    assertThat(form("views.open", "trigger_id=" + used + view, token).path("ok").asBoolean())
        .isTrue();
    assertThat(error("views.open", "trigger_id=" + used + view, token))
        .isEqualTo("exchanged_trigger_id");

    clock.advance(Duration.ofMillis(1));
    assertThat(error("views.open", "trigger_id=" + late + view, token))
        .isEqualTo("expired_trigger_id");
  }

  @Test
  void aResponseUrlWorksFiveTimesWithinThirtyMinutes() {
    URI used = slack.responseUrl("C0OPS0001", "U0ADA0001");
    for (int use = 1; use <= 5; use++) {
      assertThat(send(used, "application/json", "{\"text\":\"x\"}", null).statusCode())
          .isEqualTo(200);
    }
    assertThat(send(used, "application/json", "{\"text\":\"x\"}", null).body())
        .contains("used_url");

    URI late = slack.responseUrl("C0OPS0001", "U0ADA0001");
    clock.advance(Duration.ofMinutes(30).plusMillis(1));
    assertThat(send(late, "application/json", "{\"text\":\"x\"}", null).body())
        .contains("expired_url");
  }

  @Test
  void aPlannedLimitIs429WithItsDelayAndOnlyOnce() {
    slack.limitNext("chat.postMessage", 7);

    HttpResponse<String> limited =
        post(
            "chat.postMessage",
            "application/json",
            "{\"channel\":\"C0OPS0001\",\"text\":\"x\"}",
            token);

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).contains("7");
    assertThat(form("chat.postMessage", "channel=C0OPS0001&text=x", token).path("ok").asBoolean())
        .isTrue();
  }

  @Test
  void theChannelLimitHoldsOnlyOnceSwitchedOn() {
    assertThat(error("chat.postMessage", "channel=C0OPS0001&text=1", token)).isEmpty();
    assertThat(error("chat.postMessage", "channel=C0OPS0001&text=2", token)).isEmpty();
    slack.limitChannelsToOneMessagePerSecond(true);
    assertThat(error("chat.postMessage", "channel=C0OPS0001&text=3", token))
        .isEqualTo("ratelimited");
    clock.advance(Duration.ofSeconds(1));
    assertThat(error("chat.postMessage", "channel=C0OPS0001&text=4", token)).isEmpty();
  }

  @Test
  void theSignatureIsSlacksPublishedExample() {
    // docs.slack.dev/authentication/verifying-requests-from-slack
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
            + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    assertThat(
            SlackRequests.signature(
                "8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body.getBytes(UTF_8)))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  private String error(String method, String form, @Nullable String with) {
    return form(method, form, with).path("error").asString("");
  }

  private JsonNode form(String method, String form, @Nullable String with) {
    return JSON.readTree(post(method, "application/x-www-form-urlencoded", form, with).body());
  }

  private HttpResponse<String> post(
      String method, String contentType, String body, @Nullable String with) {
    return send(slack.api().resolve(method), contentType, body, with);
  }

  private static HttpResponse<String> send(
      URI address, String contentType, String body, @Nullable String with) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (with != null) {
      request.header("Authorization", "Bearer " + with);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (Exception failed) {
      throw new IllegalStateException(Objects.toString(failed), failed);
    }
  }
}
