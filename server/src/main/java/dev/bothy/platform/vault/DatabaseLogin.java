package dev.bothy.platform.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A user of PostgreSQL and its password, from Vault's database engine.
///
/// @param since when it was asked for
/// @param renewAt when to ask for the next
/// @param end when Vault drops the user, or gives it another password
/// @param dropped whether the user goes at the end, and what its connections may do with it
record DatabaseLogin(
    String user, String password, Instant since, Instant renewAt, Instant end, boolean dropped) {
  /// Vault rotates a password when it gets to it.
  private static final Duration ROTATING = Duration.ofSeconds(1);

  /// @return null if that is no login
  static @Nullable DatabaseLogin of(Leased answer, Instant since) {
    Map<String, Object> data = answer.data();
    if (!(data.get("username") instanceof String user)
        || !(data.get("password") instanceof String password)) {
      return null;
    }
    Duration life = answer.life();
    if (life != null) {
      // Half of it is left for an outage of Vault, and for what is under way as the old user.
      return new DatabaseLogin(
          user, password, since, since.plus(life.dividedBy(2)), since.plus(life), true);
    }
    if (data.get("ttl") instanceof Number seconds) {
      Instant end = since.plusSeconds(Math.max(0, seconds.longValue()));
      return new DatabaseLogin(user, password, since, end.plus(ROTATING), end, false);
    }
    return null;
  }

  @Override
  public String toString() {
    return "DatabaseLogin[user=" + user + ", end=" + end + "]";
  }
}
