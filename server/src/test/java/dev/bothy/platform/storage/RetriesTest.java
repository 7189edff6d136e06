package dev.bothy.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.storage.StorageException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final StorageException AWAY = new StorageException(Reason.AWAY, "It is away.");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();
  private int tries;

  private void failing(Duration eachTakes, Retries retries) {
    assertThatThrownBy(() ->
            retries.call(() -> {
              tries++;
              nanos.addAndGet(eachTakes.toNanos());
              throw AWAY;
            }))
        .isSameAs(AWAY);
  }

  @Test
  void pausesAreAtLeastHalfAsLongAsTheyMayBe() {
    failing(Duration.ZERO, new Retries(pauses::add, nanos::get, () -> 0));
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(250L, 750L, 2250L, 5000L);
    assertThat(tries).isEqualTo(5);
  }

  @Test
  void afterHalfAMinuteNothingIsTriedAgain() {
    failing(Duration.ofSeconds(14), new Retries(pauses::add, nanos::get, () -> 1));
    assertThat(tries).isEqualTo(3);
  }

  @Test
  void whoIsToEndDoesNotWait() {
    failing(
        Duration.ZERO,
        new Retries(
            _ -> {
              throw new InterruptedException();
            },
            nanos::get,
            () -> 1));
    assertThat(tries).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
