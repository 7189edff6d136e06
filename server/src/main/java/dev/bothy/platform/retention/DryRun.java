package dev.bothy.platform.retention;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Says what a sweep would remove, and removes nothing.
@Service
public class DryRun {
  /// Of a rule, no more rows are counted.
  public static final int MOST = 10_000;

  private final DueRows dueRows;
  private final RetentionSettings settings;
  private final Sweeper sweeper;
  private final SweepTable table;
  private final Workspaces workspaces;

  DryRun(
      DueRows dueRows,
      RetentionSettings settings,
      Sweeper sweeper,
      SweepTable table,
      Workspaces workspaces) {
    this.dueRows = dueRows;
    this.settings = settings;
    this.sweeper = sweeper;
    this.table = table;
    this.workspaces = workspaces;
  }

  /// @param at when the sweep is to come
  /// @param due what would go then
  public record Tonight(Instant at, List<Due> due) {}

  /// What the next sweep of this workspace would remove as things stand.
  public Tonight tonight(WorkspaceId workspace) {
    Instant at = sweeper.next(workspace);
    return workspaces.inWorkspace(
        workspace,
        () -> new Tonight(at, dueRows.find(dueRows.ofWorkspaces(), settings.all(), at, MOST)));
  }

  /// What the next sweep would remove by one clock if it stood at so many days.
  public Tonight tonight(WorkspaceId workspace, RetentionClock clock, int days) {
    Instant at = sweeper.next(workspace);
    return workspaces.inWorkspace(
        workspace,
        () -> {
          List<ClockSetting> wanted =
              settings.all().stream()
                  .map(each -> each.clock() == clock ? each.with(days) : each)
                  .toList();
          List<DueRows.Rule> rules =
              dueRows.ofWorkspaces().stream().filter(rule -> isOf(rule, clock)).toList();
          return new Tonight(at, dueRows.find(rules, wanted, at, MOST));
        });
  }

  /// The workspace's last sweep; empty before the first.
  public Optional<SweepResult> last(WorkspaceId workspace) {
    return workspaces.inWorkspace(workspace, table::last);
  }

  private static boolean isOf(DueRows.Rule rule, RetentionClock clock) {
    return rule.expiry().after() instanceof Expiry.After.OfClock(RetentionClock its)
        && its == clock;
  }
}
