package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class SweeperTest {
  @Autowired Sweeper sweeper;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void aWorkspaceIsSweptOnceANightAndNeverByAClockThatIsWrong() throws InterruptedException {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    settled(workspace);
    clock.advance(Duration.ofMinutes(10));
    sweeper.round();
    assertThat(items(workspace)).as("while the clock is wrong").isEqualTo(1);

    clock.reset();
    sweeper.round();
    assertThat(items(workspace)).as("at its first turn").isZero();

    settled(workspace);
    sweeper.round();
    assertThat(items(workspace)).as("before its next turn").isEqualTo(1);
  }

  @Test
  void aTableOfTheInstallationThatCannotBeSweptHoldsUpNoWorkspace() throws InterruptedException {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    settled(workspace);
    WholeDatabase.run("revoke select on bothy.break_glass_code from bothy_app");
    try {
      sweeper.round();
    } finally {
      WholeDatabase.run("grant select on bothy.break_glass_code to bothy_app");
    }
    assertThat(items(workspace)).isZero();
  }

  private static void settled(WorkspaceId workspace) {
    WholeDatabase.run(
        "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
            + " settled_at) values (?, gen_random_uuid(), ?, 'd', 'nobodys', 'l', 'done',"
            + " now() - interval '100 days')",
        workspace.value(),
        UUID.randomUUID());
  }

  private int items(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace, () -> jdbc.sql("select count(*) from inbox_item").query(Integer.class).single());
  }
}
