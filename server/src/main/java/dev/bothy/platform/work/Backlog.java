package dev.bothy.platform.work;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// How much waits, over all workspaces, and since when.
@Service
public class Backlog {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;
  private final Metrics metrics;

  Backlog(JdbcClient jdbc, Workspaces workspaces, Clock clock, Metrics metrics) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// What waits in one queue.
  ///
  /// @param queue `inbox`, `outbox` or `schedule`
  /// @param waiting how many items; of the schedule only those that are due
  /// @param oldest for how long the oldest of them has waited
  public record Depth(String queue, long waiting, Duration oldest) {}

  /// What waits in each queue.
  public List<Depth> depths() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select queue, waiting, oldest_seconds from backlog(?)")
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .query((row, _) ->
                new Depth(
                    row.getString("queue"),
                    row.getLong("waiting"),
                    Duration.ofMillis((long) (row.getDouble("oldest_seconds") * 1000))))
            .list());
  }

  @Scheduled(fixedDelayString = "PT10S")
  void measure() {
    for (Depth depth : depths()) {
      switch (depth.queue()) {
        case "inbox" -> metrics.inbox(depth.waiting(), depth.oldest());
        case "outbox" -> metrics.outbox(depth.waiting(), depth.oldest());
        case "schedule" -> metrics.scheduleLag(depth.oldest());
        default -> throw new IllegalStateException("Unknown queue " + depth.queue());
      }
    }
  }
}
