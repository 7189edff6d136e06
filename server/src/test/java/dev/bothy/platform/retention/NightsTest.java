package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NightsTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

  @Test
  void aWorkspacesTurnComesOnceADayWithinFourHours() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      WorkspaceId workspace = new WorkspaceId(new UUID(random.nextLong(), random.nextLong()));
      int hour = random.nextInt(24);
      Nights nights = new Nights(hour);
      Instant now = NOON.plusSeconds(random.nextInt(86_400));
      Instant last = nights.last(workspace, now);
      assertThat(last).isBeforeOrEqualTo(now).isAfter(now.minus(Duration.ofDays(1)));
      assertThat(nights.last(workspace, last)).isEqualTo(last);
      assertThat(nights.next(workspace, now)).isEqualTo(last.plus(Duration.ofDays(1)));
      long secondsIntoTheNight =
          Math.floorMod(last.getEpochSecond() - Duration.ofHours(hour).toSeconds(), 86_400L);
      assertThat(secondsIntoTheNight).isLessThan(Duration.ofHours(4).toSeconds());
    }
  }
}
