package dev.bothy.operator.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Waits for what another thread or process brings about.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 50;

  private Eventually() {}

  /// Repeats the assertion until it holds; after a minute it fails as the assertion does.
  public static void holds(Runnable assertion) {
    holds(PATIENCE, assertion);
  }

  public static void holds(Duration patience, Runnable assertion) {
    gives(
        patience,
        () -> {
          assertion.run();
          return true;
        });
  }

  /// Repeats until it ends without an exception, and gives what it gave.
  public static <T> T gives(Duration patience, Supplier<T> attempt) {
    Instant end = Instant.now().plus(patience);
    while (true) {
      try {
        return attempt.get();
      } catch (AssertionError | RuntimeException e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
