package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.operation.PartHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  @Test
  void emptyQueuesAreWell() {
    PartHealth health =
        WorkHealth.health(List.of(new Backlog.Depth("inbox", 0, Duration.ZERO)), NOW);
    assertThat(health.state()).isEqualTo(PartHealth.State.OK);
    assertThat(health.sentence()).isEqualTo("Nothing waits.");
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT0.2S, OK, '1 item waits, the oldest in the outbox for 1 s.'",
    "7, PT1M59S, OK, '7 items wait, the oldest in the outbox for 1 min.'",
    "7, PT2M, DEGRADED, '7 items wait, the oldest in the outbox for 2 min. Nothing is lost;"
        + " the server''s log says what it waits for.'",
    "7, PT5H, DEGRADED, '7 items wait, the oldest in the outbox for 5 h. Nothing is lost;"
        + " the server''s log says what it waits for.'",
  })
  void whatWaitsForMinutesIsSaidWithItsAge(
      long waiting, Duration oldest, PartHealth.State state, String sentence) {
    PartHealth health =
        WorkHealth.health(
            List.of(
                new Backlog.Depth("inbox", 0, Duration.ZERO),
                new Backlog.Depth("outbox", waiting, oldest)),
            NOW);
    assertThat(health.state()).isEqualTo(state);
    assertThat(health.sentence()).isEqualTo(sentence);
    if (state == PartHealth.State.DEGRADED) {
      assertThat(health.since()).isEqualTo(NOW.minus(oldest));
    }
  }
}
