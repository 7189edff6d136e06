package dev.bothy.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that runs with the machine's, from wherever a test sets it.
public final class TestClock extends Clock {
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  /// Moves the clock to this instant; it goes on ticking from there.
  public void setTo(Instant instant) {
    offset.set(Duration.between(Clock.systemUTC().instant(), instant));
  }

  /// Moves the clock forward (or back, when negative).
  public void advance(Duration by) {
    offset.updateAndGet(before -> before.plus(by));
  }

  /// Back to the machine's time.
  public void reset() {
    offset.set(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
