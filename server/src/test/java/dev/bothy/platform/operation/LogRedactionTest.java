package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The encoder that the server's console uses, with the settings of `application.yaml`.
class LogRedactionTest {
  @Test
  void aSecretIsInNoPartOfALogLine() {
    String line = encode();

    assertThat(line).doesNotContain("PLANTED");
    JsonNode json = JsonMapper.shared().readTree(line);
    assertThat(json.get("message").asString()).isEqualTo("sent token=[redacted]");
    assertThat(json.get("trace_token").asString()).isEqualTo("[redacted]");
    assertThat(json.get("password").asString()).isEqualTo("[redacted]");
    assertThat(json.get("workspace").asString()).isEqualTo("w1");
    assertThat(json.at("/error/message").asString()).isEqualTo("password=[redacted]");
    assertThat(json.at("/error/stack_trace").asString())
        .contains("IllegalStateException: password=[redacted]")
        .contains("Caused by: java.lang.IllegalArgumentException: [redacted]")
        .contains("LogRedactionTest.java");
  }

  private static String encode() {
    LoggerContext context = new LoggerContext();
    MockEnvironment environment = new MockEnvironment();
    environment.setProperty("logging.structured.json.customizer", LogRedaction.class.getName());
    context.putObject("org.springframework.core.env.Environment", environment);
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat("ecs");
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            LogRedactionTest.class.getName(),
            context.getLogger("test"),
            Level.WARN,
            "sent token={}",
            new IllegalStateException(
                "password=PLANTED", new IllegalArgumentException("xoxb-1-PLANTED")),
            new Object[] {"PLANTED"});
    event.setMDCPropertyMap(Map.of("trace_token", "PLANTED", "workspace", "w1"));
    event.setKeyValuePairs(List.of(new KeyValuePair("password", "PLANTED")));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
