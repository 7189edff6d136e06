package dev.bothy.platform.storage;

import dev.bothy.platform.storage.StorageException.Reason;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Tries again what failed since the store was away, with growing pauses, for about half a minute.
///
/// @param nanos as [System#nanoTime]
/// @param chance from 0 to 1, anew each time: those who failed together do not come back together
record Retries(Pause pause, LongSupplier nanos, DoubleSupplier chance) {
  private static final Duration[] PAUSES = {
    Duration.ofMillis(500), Duration.ofMillis(1500), Duration.ofMillis(4500), Duration.ofSeconds(10)
  };
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /// Waits.
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  static Retries inRealTime() {
    return new Retries(
        Thread::sleep, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  /// @throws StorageException the last one, once trying again is of no use
  <T> T call(Supplier<T> deed) {
    long begun = nanos.getAsLong();
    for (int failed = 0; ; failed++) {
      try {
        return deed.get();
      } catch (StorageException e) {
        if (e.reason() != Reason.AWAY || failed == PAUSES.length || !paused(failed, begun)) {
          throw e;
        }
      }
    }
  }

  /// False if there is no time left for it, or who waits is to end.
  private boolean paused(int failed, long begun) {
    // Half of it at least.
    Duration time =
        Duration.ofMillis((long) (PAUSES[failed].toMillis() * (1 + chance.getAsDouble()) / 2));
    Duration passed = Duration.ofNanos(nanos.getAsLong() - begun);
    if (passed.plus(time).compareTo(LONGEST) > 0) {
      return false;
    }
    try {
      pause.of(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
