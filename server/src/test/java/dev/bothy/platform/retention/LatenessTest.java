package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class LatenessTest {
  @Autowired Held held;
  @Autowired RetentionSettings settings;
  @Autowired Workspaces workspaces;
  @Autowired Metrics metrics;
  @Autowired Clock clock;
  @Autowired JdbcClient jdbc;

  /// Fails in one workspace, and writes down which others it was asked for.
  private final class FailsInOne extends DueRows {
    private final WorkspaceId failing;
    private final Set<WorkspaceId> asked = new HashSet<>();

    FailsInOne(WorkspaceId failing) {
      super(held, jdbc);
      this.failing = failing;
    }

    @Override
    List<Due> find(List<Rule> rules, List<ClockSetting> clocks, Instant at, int most) {
      if (rules.equals(ofInstallation())) {
        return List.of();
      }
      asked.add(workspaces.current());
      if (workspaces.current().equals(failing)) {
        throw new IllegalStateException("planted");
      }
      return List.of();
    }
  }

  @Test
  void aWorkspaceThatFailsLeavesTheOthersMeasured() {
    TestWorkspaces.fresh(workspaces);
    TestWorkspaces.fresh(workspaces);
    List<WorkspaceId> all = workspaces.ids();
    FailsInOne rows = new FailsInOne(all.getFirst());
    assertThat(new Lateness(held, rows, settings, workspaces, metrics, clock).measure())
        .isNotEmpty();
    assertThat(rows.asked).containsAll(all);
  }
}
