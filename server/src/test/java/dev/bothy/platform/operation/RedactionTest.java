package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every text below carries the word PLANTED inside of what is secret.
class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "posting with xoxb-12345-PLANTED-abc failed",
        "tried with bothy_pat_PLANTED-PLANTED_PLANTEDxyz again",
        "xoxp-1-PLANTED",
        "xoxe.xoxp-1-PLANTED",
        "xapp-1-A0-PLANTED",
        "Authorization: Bearer PLANTED-0123456789",
        "authorization=[Bearer PLANTED-0123456789]",
        "{\"Authorization\":\"Basic UExBTlRFRDpQTEFOVEVE PLANTED\"}",
        "sent Bearer PLANTED0123456789== to it",
        "sent Basic UExBTlRFRDpwPLANTED",
        "Cookie: session=PLANTED; theme=PLANTED",
        "Set-Cookie: session=PLANTED; Path=/",
        "token=PLANTED&team_id=T1",
        "https://host/path?access_token=PLANTED&x=1",
        "https://host/?a=b&signature=PLANTED#top",
        "https://host/login?code=PLANTED-code&state=PLANTED-state",
        "{\"token\":\"PLANTED\",\"team\":\"T1\"}",
        "{\"client_secret\" : \"PLANTED \\\" PLANTED\"}",
        "{\"signing_secret\": 123456PLANTED}",
        "payload={\\\"token\\\":\\\"PLANTED\\\",\\\"type\\\":\\\"x\\\"}",
        "payload=%7B%22token%22%3A%22PLANTED%22%2C%22type%22%3A%22x%22%7D",
        "{'password': 'PLANTED it is'}",
        "password=\"PLANTED with spaces\"",
        "Login[user=alice, password=PLANTED, attempts=3]",
        "clientSecret=PLANTED",
        "signingSecret: PLANTED0123",
        "api_key=PLANTED apikey=PLANTED API-Key=PLANTED",
        "X-Slack-Signature: v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503PLANTED",
        "credentials=PLANTED",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJQTEFOVEVEIn0.PLANTED-signature",
        "https://hooks.slack.com/commands/T1/1/PLANTED",
        "\"response_url\":\"https:\\/\\/hooks.slack.com\\/actions\\/PLANTED\"",
        "I/O error on POST request for \"https://hooks.slack.com/services/T1/B1/PLANTED\": timeout",
        "jdbc:postgresql://bothy_app:PLANTED@db:5432/bothy",
        "-----BEGIN PRIVATE KEY-----\nPLANTED\nPLANTED\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nPLANTED cut short",
      })
  void aSecretIsTakenOutByItsShape(String text) {
    assertThat(Redaction.of(text)).contains("[redacted]").doesNotContain("PLANTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Started BothyServer in 4.2 seconds",
        "The token bucket of slack is empty",
        "max_tokens=128 tokens=512",
        "token_type=bearer",
        "{\"token_type\":\"bearer\",\"expires_in\":300}",
        "Basic authentication is off",
        "A Bearer authentication header is missing",
        "invalid token: expired",
        "The password must have 12 characters",
        "secret rotated at 2026-11-22T08:00:00Z",
        "signature check failed for 3 requests",
        "Paste the token that begins with xoxb- here",
        "POST https://slack.com/api/chat.postMessage answered 200",
        "the host hooks.slack.com is registered",
        "http://127.0.0.1:8080/livez",
        "jdbc:postgresql://127.0.0.1:5432/bothy",
        "workspace 0198c5a2-7c1e-7f00-8000-000000000001",
        "digest sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "exit code=1, status code=404",
        "bothy.slack.signing-secret is missing",
        "dev.bothy.platform.keys.TokenTable.read(TokenTable.java:42)",
        "eyJ is how base64 of JSON begins",
        "12:30 to 13:00, alice@example.com takes over from bob@example.com",
      })
  void whatIsNoSecretStays(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void whatSurroundsASecretStays() {
    assertThat(Redaction.of("POST https://hooks.slack.com/commands/T1/PLANTED failed: token=a&b=c"))
        .isEqualTo("POST https://hooks.slack.com/[redacted] failed: token=[redacted]&b=c");
    assertThat(Redaction.of("{\"token\":\"PLANTED\",\"type\":\"event_callback\"}"))
        .isEqualTo("{\"token\":\"[redacted]\",\"type\":\"event_callback\"}");
  }

  @Test
  void redactingTwiceChangesNothingMore() {
    String once = Redaction.of("Authorization: Bearer abcdefgh1 password=x {\"token\":\"y\"}");

    assertThat(Redaction.of(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "access_token", "clientSecret", "DB_PASSWORD", "Set-Cookie"})
  void aNameCanMakeItsValueASecret(String name) {
    assertThat(Redaction.isSecretName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "tokens", "token_type", "log.logger", "secretary"})
  void otherNamesDoNot(String name) {
    assertThat(Redaction.isSecretName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "token",
        "token=",
        "\"token\":\"",
        "-----BEGIN A-----",
        "eyJaaaaa.",
        "Bearer ",
        "://:",
        "\\",
        "cookie: "
      })
  void aLongHostileTextCostsTimeInProportion(String part) {
    String hostile = part.repeat(500_000 / part.length());

    assertThatCode(() ->
            Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> Redaction.of(hostile)))
        .doesNotThrowAnyException();
  }
}
