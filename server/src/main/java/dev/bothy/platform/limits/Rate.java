package dev.bothy.platform.limits;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/// How much within how long: never more than `most` in any span of `time`.
///
/// @param most 1 to 1,000,000
/// @param time 1 s to 1 d
public record Rate(int most, Duration time) {
  private static final int LARGEST = 1_000_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  public Rate {
    if (most < 1 || most > LARGEST) {
      throw new IllegalArgumentException("A rate allows 1 to " + LARGEST + ", not " + most);
    }
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A rate looks back over 1s to 1d, not " + time);
    }
  }

  /// Reads what settings say, e.g. `600/1m`.
  ///
  /// @throws IllegalArgumentException if it is no rate; says what one looks like
  public static Rate valueOf(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("'" + text + "' is no rate: write one like 600/1m");
    }
    int most;
    try {
      most = Integer.parseInt(parts[0].strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no rate: write one like 600/1m", e);
    }
    return new Rate(most, DurationStyle.SIMPLE.parse(parts[1].strip()));
  }
}
