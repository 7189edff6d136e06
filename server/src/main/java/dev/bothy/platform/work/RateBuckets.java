package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// How much of what a network allows is used up, for all replicas together: the buckets stand in
/// the database, run on its time, and outlive a restart.
///
/// ## What a bucket promises
///
/// A full bucket has [Bucket#burst] tokens, and one comes back every [Bucket#gap]. Within any span
/// of time `t` at most `burst + t / gap` tokens are taken, however many replicas take. A caller
/// that must wait has taken nothing, and nobody is in a queue: whoever asks first after the wait
/// gets the token.
///
/// ## What it costs
///
/// One round trip in a transaction of its own, which does not wait for the disk: when the database
/// itself crashes the takes of its last fraction of a second may be forgotten.
@Service
public class RateBuckets {
  /// No limit of a network reaches further back than an hour (Slack's are per minute): after it a
  /// full bucket is not worth a row.
  static final Duration KEPT = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  RateBuckets(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// One limit.
  ///
  /// @param name what it limits, e.g. `slack:chat.postMessage:C123`; 1 to 200 characters, unique
  ///   within the workspace
  /// @param gap the time in which one token comes back; more than zero
  /// @param burst how many tokens a full bucket has; 1 or more
  public record Bucket(String name, Duration gap, int burst) {
    public Bucket {
      if (gap.isZero() || gap.isNegative() || burst < 1) {
        throw new IllegalArgumentException("A bucket that never fills: " + gap + ", " + burst);
      }
    }
  }

  /// What became of asking.
  public sealed interface Take {
    /// A token of each bucket is the caller's.
    record Taken() implements Take {}

    /// At least one bucket is empty, and none was touched.
    ///
    /// @param time until when asking again is of no use; more than zero
    record Wait(Duration time) implements Take {}
  }

  /// Takes one token from each of the buckets, or from none of them. Called outside of any
  /// transaction, since others wait for these rows until it ends.
  ///
  /// @param buckets at least one; no two with the same name
  public Take take(WorkspaceId workspace, List<Bucket> buckets) {
    double seconds =
        workspaces.inWorkspace(
            workspace,
            () ->
                jdbc.sql("select take_tokens(?, ?, ?)")
                    .params(
                        buckets.stream().map(Bucket::name).toArray(String[]::new),
                        each(buckets, bucket -> bucket.gap().toNanos() / 1e9),
                        buckets.stream().map(Bucket::burst).toArray(Integer[]::new))
                    .query(Double.class)
                    .single());
    return seconds <= 0
        ? new Take.Taken()
        : new Take.Wait(Duration.ofNanos((long) Math.ceil(seconds * 1e9)));
  }

  /// Keeps every replica from taking from this bucket for a while, because the network asked for
  /// it. A longer hold that is in force already stays.
  public void holdBack(WorkspaceId workspace, String name, Duration time) {
    workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql(
                    "insert into rate_bucket as bucket (workspace_id, name, held_until_at)"
                        + " values (?, ?, clock_timestamp() + make_interval(secs => ?))"
                        + " on conflict (workspace_id, name) do update"
                        + " set held_until_at = greatest(bucket.held_until_at, excluded.held_until_at)")
                .params(workspace.value(), name, time.toMillis() / 1e3)
                .update());
  }

  /// Every replica does it; the second one finds nothing.
  @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
  void forget() {
    forget(KEPT);
  }

  void forget(Duration age) {
    workspaces.forInstallation(() ->
        jdbc.sql("select forget_buckets(?)")
            .param((double) age.toSeconds())
            .query((_, _) -> true)
            .single());
  }

  private static Double[] each(List<Bucket> buckets, ToDoubleFunction<Bucket> value) {
    return buckets.stream().mapToDouble(value).boxed().toArray(Double[]::new);
  }
}
