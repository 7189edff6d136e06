package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
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
          Duration.ofHours(24),
          Duration.ofSeconds(30),
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

  @ParameterizedTest
  @CsvSource({
    "11, PT1H, false, false",
    "12, PT1S, false, true",
    "12, PT1H, true, false",
    "500, PT23H59M, true, false",
    "500, PT24H, true, true",
    "11, PT30H, true, false",
  })
  void whatOnlyWaitsForANetworkIsTriedForADayAndWhatFailsByItselfTwelveTimes(
      int failures, Duration age, boolean outOfReach, boolean givesUp) {
    assertThat(settings.givesUp(failures, age, outOfReach)).isEqualTo(givesUp);
  }

  @Test
  void anOutageOfAnHourLosesNoMessageAndEndsWithinFiveMinutesOfItsEnd() {
    Duration age = Duration.ZERO;
    int failures = 0;
    while (age.compareTo(Duration.ofHours(1)) < 0) {
      failures++;
      assertThat(settings.givesUp(failures, age, true)).isFalse();
      age = age.plus(settings.backoff(failures, 1));
    }
    assertThat(age).isLessThanOrEqualTo(Duration.ofMinutes(65));
  }
}
