package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Measures once an hour which rows should be gone and are not, on every server: whether or not a
/// sweep runs.
@Component
class Lateness extends Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Lateness.class);

  /// Of a table in a workspace, no more are counted.
  private static final int MOST = 10_000;

  private final Held held;
  private final DueRows dueRows;
  private final RetentionSettings settings;
  private final Workspaces workspaces;
  private final Metrics metrics;
  private final Clock clock;

  Lateness(
      Held held,
      DueRows dueRows,
      RetentionSettings settings,
      Workspaces workspaces,
      Metrics metrics,
      Clock clock) {
    super("retention-lateness", Duration.ofMinutes(3), Duration.ofHours(1));
    this.held = held;
    this.dueRows = dueRows;
    this.settings = settings;
    this.workspaces = workspaces;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// @param rows that should be gone
  /// @param lag how long the oldest of them should have been gone
  record Late(long rows, Duration lag) {
    static final Late NOTHING = new Late(0, Duration.ZERO);

    Late and(Late other) {
      return new Late(rows + other.rows, lag.compareTo(other.lag) > 0 ? lag : other.lag);
    }
  }

  @Override
  void round() {
    measure().forEach((table, late) -> metrics.retention(table, late.rows(), late.lag()));
  }

  /// By table, those that nothing is late in as well. What fails in one workspace is logged, and
  /// the others are measured all the same.
  Map<String, Late> measure() {
    Map<String, Late> late = new HashMap<>();
    held.tables()
        .filter(table -> !table.expiries().isEmpty())
        .map(HeldTable::table)
        .forEach(table -> late.put(table, Late.NOTHING));
    List<ClockSetting> standard = settings.standard();
    add(
        late,
        workspaces.forInstallation(
            () -> dueRows.find(dueRows.ofInstallation(), standard, clock.instant(), MOST)));
    for (WorkspaceId workspace : workspaces.ids()) {
      try {
        add(
            late,
            workspaces.inWorkspace(
                workspace,
                () -> dueRows.find(dueRows.ofWorkspaces(), settings.all(), clock.instant(), MOST)));
      } catch (RuntimeException e) {
        LOG.warn("What is late in {} could not be measured", workspace, e);
      }
    }
    return late;
  }

  private void add(Map<String, Late> late, List<Due> due) {
    Instant now = clock.instant();
    due.forEach(each ->
        late.merge(
            each.table().table(),
            new Late(each.rows(), Duration.between(each.overdue(), now)),
            Late::and));
  }
}
