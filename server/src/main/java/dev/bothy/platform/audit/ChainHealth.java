package dev.bothy.platform.audit;

import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Measures the chains of all workspaces.
@Component
class ChainHealth {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Metrics metrics;

  ChainHealth(JdbcClient jdbc, Workspaces workspaces, Metrics metrics) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.metrics = metrics;
  }

  /// @param verified when the chain was verified that waits longest; null when none was yet
  record Health(long waiting, Duration oldest, long broken, @Nullable Instant verified) {}

  Health health() {
    return workspaces.forInstallation(() ->
        jdbc.sql("select waiting, oldest_seconds, broken, checked_at from audit_health()")
            .query((row, _) -> {
              OffsetDateTime checked = row.getObject("checked_at", OffsetDateTime.class);
              return new Health(
                  row.getLong("waiting"),
                  Duration.ofMillis((long) (row.getDouble("oldest_seconds") * 1000)),
                  row.getLong("broken"),
                  checked == null ? null : checked.toInstant());
            })
            .single());
  }

  @Scheduled(fixedDelayString = "PT30S")
  void measure() {
    Health health = health();
    metrics.auditUnlinked(health.waiting(), health.oldest());
    metrics.auditChainsBroken(health.broken());
    if (health.verified() != null) {
      metrics.auditVerified(health.verified());
    }
  }
}
