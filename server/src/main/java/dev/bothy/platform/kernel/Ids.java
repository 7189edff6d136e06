package dev.bothy.platform.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/// Makes ids of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits, so that rows
/// made one after the other lie beside each other in an index.
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /// A new id whose time part is the clock's.
  public static UUID next(Clock clock) {
    long millis = clock.millis() & 0xFFFF_FFFF_FFFFL;
    long mostSignificant = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
    long leastSignificant = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(mostSignificant, leastSignificant);
  }

  /// The time part of an id that [#next] made, to the millisecond.
  public static Instant time(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
