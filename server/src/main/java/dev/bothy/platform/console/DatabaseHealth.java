package dev.bothy.platform.console;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Whether the database answers, and how fast.
@Component
class DatabaseHealth implements HealthReporter {
  /// A query that reads nothing takes a millisecond or two; a hundred means a tired server or a
  /// long way to it.
  private static final Duration SLOW = Duration.ofMillis(100);

  private static final String NAME = "Database";

  private final Workspaces workspaces;
  private final JdbcClient jdbc;

  DatabaseHealth(Workspaces workspaces, JdbcClient jdbc) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    long before = System.nanoTime();
    String version;
    try {
      version =
          workspaces.forInstallation(() ->
              jdbc.sql("select split_part(current_setting('server_version'), ' ', 1)")
                  .query(String.class)
                  .single());
    } catch (DataAccessException | TransactionException _) {
      return List.of(
          PartHealth.down(NAME, "PostgreSQL does not answer. Look at its log and its disk.", null));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    String answered =
        "PostgreSQL " + version + " answers in " + Math.max(1, took.toMillis()) + " ms.";
    return List.of(
        took.compareTo(SLOW) < 0
            ? PartHealth.ok(NAME, answered)
            : PartHealth.degraded(
                NAME, answered + " That is slow: look at its load and the way to it.", null));
  }
}
