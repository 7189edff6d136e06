package dev.bothy.operator.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Waits for what another thread or process brings about.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /// Where minutes are waited for: looking takes time away from what is waited for.
  private static final Duration LONG_PAUSE = Duration.ofSeconds(1);

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
        Thread.sleep(patience.compareTo(PATIENCE) > 0 ? LONG_PAUSE : PAUSE);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
