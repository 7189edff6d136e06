package dev.bothy.platform.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.AuditChain;
import dev.bothy.platform.audit.ChainCare;
import dev.bothy.platform.audit.Verification;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.TestPeople;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whoever may write as the server does not get rid of the audit log of a workspace that goes on.
@BothyTest
class EmptiedLogTest {
  private static final Purpose PURPOSE = new Purpose(Purpose.PLATFORM, "webhooks.body");

  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired Keys keys;
  @Autowired TestPeople people;
  @Autowired AuditChain chain;
  @Autowired ChainCare care;

  private Workspace workspace;

  @BeforeEach
  void aWorkspaceWithALog() {
    workspace = TestWorkspaces.fresh(workspaces);
    people.signedIn(workspace, "Olga Owner", Role.OWNER);
    workspaces.inWorkspace(
        workspace.id(), () -> keys.seal(PURPOSE, UUID.randomUUID(), new byte[] {1}));
    workspaces.inWorkspace(workspace.id(), () -> entry());
  }

  @Test
  void theMembersDoNotComeBackAfterTheLogWasEmptied() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () -> {
                  List<UUID> who =
                      jdbc.sql("select person_id from member")
                          .query((row, _) -> row.getObject(1, UUID.class))
                          .list();
                  empty();
                  who.forEach(this::member);
                }))
        .hasMessageContaining("takes no member any more");
    assertThat(entries()).isPositive();
  }

  private record Key(UUID id, byte[] wrapped) {}

  @Test
  void theKeysDoNotComeBackAfterTheLogWasEmptied() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () -> {
                  List<Key> kept =
                      jdbc.sql("select id, wrapped from data_key")
                          .query((row, _) -> new Key(row.getObject(1, UUID.class), row.getBytes(2)))
                          .list();
                  empty();
                  kept.forEach(key ->
                      jdbc.sql("update data_key set wrapped = ? where id = ?")
                          .params(key.wrapped(), key.id())
                          .update());
                }))
        .hasMessageContaining("takes no data_key any more");
    assertThat(entries()).isPositive();
  }

  @Test
  void noEntryIsPutIntoALogThatWasEmptied() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                workspace.id(),
                () -> {
                  empty();
                  entry();
                }))
        .hasMessageContaining("takes no audit_entry any more");
  }

  @Test
  void theServerCannotTakeTheMarkAway() {
    for (String statement :
        List.of(
            "delete from audit_emptied",
            "update audit_emptied set workspace = gen_random_uuid()",
            "insert into audit_emptied (workspace) values (gen_random_uuid())",
            // it would be found before the real one
            "create temporary table audit_emptied (workspace uuid)",
            "drop trigger refuse_what_is_emptied on member")) {
      assertThatThrownBy(
              () -> workspaces.inWorkspace(workspace.id(), () -> jdbc.sql(statement).update()))
          .rootCause()
          .message()
          .containsAnyOf("permission denied", "must be owner");
    }
  }

  @Test
  void aWorkspaceThatLivesWithoutItsLogIsABrokenChain() throws SQLException {
    long before = broken();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "insert into bothy.audit_emptied (workspace) values ('" + workspace.id() + "')");
      try {
        assertThat(care.verify(workspace.id()))
            .isInstanceOfSatisfying(
                Verification.Broken.class,
                found -> assertThat(found.fault()).isEqualTo(Verification.Fault.EMPTIED));
        assertThat(broken()).isEqualTo(before + 1);
      } finally {
        statement.execute(
            "delete from bothy.audit_emptied where workspace = '" + workspace.id() + "'");
      }
    }
    assertThat(care.verify(workspace.id())).isInstanceOf(Verification.Intact.class);
    assertThat(chain.verify(workspace.id())).isInstanceOf(Verification.Intact.class);
  }

  private void empty() {
    jdbc.sql("delete from audit_unlinked").update();
    jdbc.sql("delete from audit_check").update();
    jdbc.sql("delete from member").update();
    jdbc.sql("update data_key set wrapped = null").update();
    for (String each : List.of("audit_link", "audit_entry")) {
      jdbc.sql("select erase_protected_rows(?, 1000000)").param(each).query(Long.class).single();
    }
  }

  private void member(UUID person) {
    jdbc.sql(
            "insert into member (workspace_id, person_id, roles, created_at)"
                + " values (?, ?, '{OWNER}', now())")
        .params(workspace.id().value(), person)
        .update();
  }

  /// As a server of the version before writes it, so that the queue is filled by itself.
  private void entry() {
    jdbc.sql(
            "insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, action,"
                + " subject_kind, subject_id, details)"
                + " values (?, ?, now(), 'system', '', 'test.written', 'test.thing', 'x', '{}')")
        .params(workspace.id().value(), UUID.randomUUID())
        .update();
  }

  private long entries() {
    return workspaces.inWorkspace(
        workspace.id(),
        () -> jdbc.sql("select count(*) from audit_entry").query(Long.class).single());
  }

  private long broken() {
    return workspaces.forInstallation(
        () -> jdbc.sql("select broken from audit_health()").query(Long.class).single());
  }
}
