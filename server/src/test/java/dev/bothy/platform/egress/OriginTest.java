package dev.bothy.platform.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "slack.com,                  https://slack.com",
    "Slack.COM.,                 https://slack.com",
    "https://slack.com/,         https://slack.com",
    "https://slack.com:443,      https://slack.com",
    "slack.com:8443,             https://slack.com:8443",
    "http://127.0.0.1:*,         http://127.0.0.1:*",
    "http://host:80,             http://host",
    "https://[2606:4700::1111],  https://[2606:4700::1111]",
    "bücher.example,             https://xn--bcher-kva.example",
    "wss://Host.example,         wss://host.example",
    "ws://host:80,               ws://host",
    "wss://*.slack.com,          wss://*.slack.com",
  })
  void whatItWritesIsReadAsAnOrigin(String written, String origin) {
    assertThat(Origin.parse(written)).hasToString(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://host",
        "https://host/path",
        "https://host?query",
        "host:0",
        "host:65536",
        "user@host",
        "two words",
        "*.slack.com",
        "https://*.slack.com",
        "wss://wss-*.slack.com",
      })
  void anythingElseIsRefusedWithWhatIsAllowed(String written) {
    assertThatThrownBy(() -> Origin.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an origin: write host, host:port");
  }

  @Test
  void anOriginCoversItsOwnPortAlone() {
    assertThat(Origin.parse("slack.com").covers(Origin.of(URI.create("https://slack.com/api"))))
        .isTrue();
    assertThat(Origin.parse("slack.com").covers(Origin.parse("slack.com:8443"))).isFalse();
    assertThat(Origin.parse("slack.com").covers(Origin.parse("http://slack.com:443"))).isFalse();
    assertThat(Origin.parse("slack.com").covers(Origin.parse("evil-slack.com"))).isFalse();
  }

  @Test
  void aStarAsThePortCoversEveryPortOfTheHost() {
    Origin every = Origin.parse("http://127.0.0.1:*");

    assertThat(every.covers(Origin.parse("http://127.0.0.1:8080"))).isTrue();
    assertThat(every.covers(Origin.parse("http://127.0.0.2:8080"))).isFalse();
    assertThat(every.covers(Origin.parse("https://127.0.0.1:8080"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "wss://wss-primary.slack.com,      true",
    "wss://slack.com,                  false",
    "wss://a.b.slack.com,              false",
    "wss://evil-slack.com,             false",
    "wss://slack.com.evil.example,     false",
    "wss://wss-primary.slack.com:8443, false",
    "https://wss-primary.slack.com,    false",
  })
  void aFamilyOfHostsCoversNamesOfOneMoreLabelForWebSocketsAlone(String origin, boolean covered) {
    assertThat(Origin.parse("wss://*.slack.com").covers(Origin.parse(origin))).isEqualTo(covered);
  }

  @Test
  void whatLooksLikeAUserIsNotTheHost() {
    assertThat(Origin.of(URI.create("https://slack.com@evil.example/")))
        .isEqualTo(Origin.parse("evil.example"));
  }
}
