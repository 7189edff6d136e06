package brokenhouse;

import java.time.Clock;

final class MakesAClock {
  private MakesAClock() {}

  static Clock make() {
    return Clock.systemUTC();
  }
}
