package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.SlackSignature.Generator;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackSignatureTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_531_420_618);
  private static final byte[] BODY =
      ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
              + "&command=%2Fwebhook-collect&text="
              + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
              + "%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
          .getBytes(UTF_8);
  private static final String PUBLISHED =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

  @Test
  void slacksPublishedExampleIsGenuine() {
    assertThat(check("1531420618", PUBLISHED, SIGNED_AT)).isEqualTo(SlackSignature.GENUINE);
  }

  @Test
  void whatSlacksSdkSignsIsGenuineEvenIfItIsNotText() {
    byte[] body = {0, (byte) 0xC3, 0x28, '\n'};
    String timestamp = "1531420618";
    String signature = SlackRequests.signature(SECRET, timestamp, body);

    assertThat(SlackSignature.check(SECRET, timestamp, signature, body, SIGNED_AT))
        .isEqualTo(SlackSignature.GENUINE);
    assertThat(new Generator(SECRET).generate(timestamp, "täxt"))
        .isEqualTo(SlackRequests.signature(SECRET, timestamp, "täxt".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "-301, WRONG_TIME",
    "-300, GENUINE",
    "0, GENUINE",
    "300, GENUINE",
    "301, WRONG_TIME",
    "86400, WRONG_TIME",
    "-86400, WRONG_TIME"
  })
  void itsTimeMayDifferByFiveMinutesInEitherDirection(long seconds, SlackSignature expected) {
    assertThat(check("1531420618", PUBLISHED, SIGNED_AT.plusSeconds(seconds))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "1531420618, null",
        "null, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618, ''",
        "1531420618, v0=",
        "1531420618, a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618, v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618, v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503",
        "1531420618, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504",
        "1531420618, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50",
        "1531420619, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "01531420618, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "-1531420618, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "1531420618.0, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "99999999999999999999, v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
      })
  void anythingElseIsForged(String timestamp, String signature) {
    assertThat(check(timestamp, signature, SIGNED_AT)).isEqualTo(SlackSignature.FORGED);
  }

  @Test
  void anotherBodyOrSecretIsForged() {
    byte[] other = BODY.clone();
    other[other.length - 1] ^= 1;
    assertThat(SlackSignature.check(SECRET, "1531420618", PUBLISHED, other, SIGNED_AT))
        .isEqualTo(SlackSignature.FORGED);
    assertThat(SlackSignature.check("other", "1531420618", PUBLISHED, BODY, SIGNED_AT))
        .isEqualTo(SlackSignature.FORGED);
  }

  private static SlackSignature check(String timestamp, String signature, Instant now) {
    return SlackSignature.check(SECRET, timestamp, signature, BODY, now);
  }

  /// Socket Mode alone needs none, and one that is empty anybody could sign with.
  @Test
  void withoutASecretNothingIsGenuine() {
    assertThat(SlackSignature.check("", "1531420618", "v0=", new byte[0], Instant.EPOCH))
        .isEqualTo(SlackSignature.FORGED);
  }
}
