package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkSettingsTest {
  private final WorkSettings settings =
      new WorkSettings(
          1,
          1,
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          12,
          1,
          1);

  @ParameterizedTest
  @CsvSource({
    "1, 0, PT0.5S",
    "1, 1, PT1S",
    "2, 1, PT2S",
    "3, 0.5, PT3S",
    "8, 1, PT2M8S",
    "10, 1, PT5M",
    "100, 1, PT5M",
    "100, 0, PT2M30S",
  })
  void theWaitDoublesUpToABoundAndVariesByHalf(int failures, double chance, Duration expected) {
    assertThat(settings.backoff(failures, chance)).isEqualTo(expected);
  }
}
