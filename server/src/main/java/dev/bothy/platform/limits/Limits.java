package dev.bothy.platform.limits;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// How often something was done lately, for all replicas together: the counts stand in the
/// database, run on its time, and hold whichever replica takes.
///
/// ## What a limit promises
///
/// Never more than [Rate#most] in any span of [Rate#time], and that many at once if nothing was
/// taken lately. What was taken counts for that time and up to a thirtieth of it longer. (The
/// buckets of `work`, which pace what we send, allow up to twice their burst in such a span: there
/// a network says how fast; here somebody is told how often.)
///
/// ## What it costs
///
/// One statement, one round trip, no flush to the disk. Who takes from the same limit waits for one
/// another for the length of that statement: about two thousand takes a second on two busy cores.
/// When the database does not answer the take fails as any other statement does: what is limited
/// needs the database too, and a limit that opens when it is overrun is none. When PostgreSQL
/// crashes it forgets what was taken.
@Service
public class Limits {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Metrics metrics;

  Limits(JdbcClient jdbc, Workspaces workspaces, Metrics metrics) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.metrics = metrics;
  }

  /// What became of asking.
  public sealed interface Outcome {}

  /// One was taken from each limit.
  public record Allowed() implements Outcome {}

  /// At least one limit has nothing left, and none was touched.
  ///
  /// @param limit the one to wait for longest
  /// @param retryAfter until when asking again is of no use; more than zero
  public record Exceeded(Limit limit, Duration retryAfter) implements Outcome {
    /// What the header `Retry-After` says: whole seconds, 1 or more.
    public long retryAfterSeconds() {
      return Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
    }
  }

  /// Takes one from each of these limits, or from none of them. Called outside of any transaction.
  ///
  /// @param limits no two the same; none are always allowed
  public Outcome take(List<Limit> limits) {
    return ask(limits, 1, null);
  }

  /// Whether one could be taken from each of these limits; takes nothing.
  public Outcome check(List<Limit> limits) {
    return ask(limits, 0, null);
  }

  /// @param at the time, for tests; null means now by the database's clock
  Outcome ask(List<Limit> limits, int amount, @Nullable Instant at) {
    if (limits.isEmpty()) {
      return new Allowed();
    }
    Outcome outcome = asked(limits, amount, at);
    if (outcome instanceof Exceeded exceeded) {
      metrics.refusedByLimit(exceeded.limit().tier());
    }
    return outcome;
  }

  private Outcome asked(List<Limit> limits, int amount, @Nullable Instant at) {
    return workspaces.<Outcome>inOneStatement(() ->
        jdbc.sql(
                "select place, wait_micros from take_limits(:hashes, :most, :micros, :amount, :at)")
            .param("hashes", limits.stream().map(Limit::hash).toArray(byte[][]::new))
            .param(
                "most", limits.stream().map(limit -> limit.rate().most()).toArray(Integer[]::new))
            .param(
                "micros",
                limits.stream()
                    .map(limit -> limit.rate().time().toMillis() * 1_000)
                    .toArray(Long[]::new))
            .param("amount", amount)
            .param("at", at == null ? null : at.atOffset(ZoneOffset.UTC))
            .query((row, _) ->
                (Outcome)
                    new Exceeded(
                        limits.get(row.getInt("place") - 1),
                        Duration.of(row.getLong("wait_micros"), ChronoUnit.MICROS)))
            .optional()
            .orElseGet(Allowed::new));
  }

  /// Every replica does it; the second one finds nothing.
  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT10M")
  void sweep() {
    workspaces.forInstallation(() -> {
      jdbc.sql(
              "delete from limit_use where key_hash in (select key_hash from limit_use"
                  + " where expires_at < clock_timestamp() for update skip locked)")
          .update();
    });
  }
}
