package dev.bothy.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class WorkspacesTest {
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  @Test
  void databaseWorkWithoutAWorkspaceThrows() {
    assertThatThrownBy(() -> jdbc.sql("select 1").query(Integer.class).single())
        .hasRootCauseInstanceOf(WorkspaceNotBound.class);
  }

  @Test
  void aTransactionSeesItsOwnWorkspaceAlone() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    TestWorkspaces.fresh(workspaces);
    assertThat(
            workspaces.inWorkspace(
                one.id(), () -> jdbc.sql("select slug from workspace").query(String.class).list()))
        .containsExactly(one.slug());
  }

  @Test
  void anInstallationTransactionSeesNoWorkspacesRows() {
    TestWorkspaces.fresh(workspaces);
    assertThat(
            workspaces.forInstallation(
                () -> jdbc.sql("select count(*) from workspace").query(Long.class).single()))
        .isZero();
  }

  @Test
  void aTransactionCannotChangeItsWorkspace() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    Workspace other = TestWorkspaces.fresh(workspaces);
    assertThatThrownBy(() ->
            workspaces.inWorkspace(one.id(), () -> workspaces.inWorkspace(other.id(), () -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRefusalThatRollsBackLeavesNothing() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    workspaces.inWorkspace(
        one.id(),
        () -> {
          jdbc.sql("update workspace set name = 'changed'").update();
          workspaces.rollBack();
        });
    assertThat(workspaces.bySlug(one.slug()).orElseThrow().name()).isEqualTo(one.name());
  }

  @Test
  void settingsOfATransactionEndWithIt() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    assertThat(
            workspaces.inWorkspace(
                one.id(), Map.of("lock_timeout", "1234ms"), () -> setting("lock_timeout")))
        .isEqualTo("1234ms");
    assertThat(workspaces.inWorkspace(one.id(), () -> setting("lock_timeout"))).isEqualTo("0");
  }

  @Test
  void settingsAreRefusedWhereATransactionRunsAlready() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                one.id(), () -> workspaces.inWorkspace(one.id(), Map.of(), () -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneStatementSeesNoWorkspacesRowsAndIsItsOwnTransaction() {
    Workspace one = TestWorkspaces.fresh(workspaces);
    assertThat(
            workspaces.inOneStatement(
                () -> jdbc.sql("select count(*) from workspace").query(Long.class).single()))
        .isZero();
    assertThatThrownBy(
            () -> workspaces.inWorkspace(one.id(), () -> workspaces.inOneStatement(() -> true)))
        .isInstanceOf(IllegalStateException.class);
  }

  private String setting(String name) {
    return jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
  }
}
