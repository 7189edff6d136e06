package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Verification.Broken;
import dev.bothy.platform.audit.Verification.Fault;
import dev.bothy.platform.audit.Verification.Intact;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class ChainTest {
  /// What a superuser does to a chain of six, and where it shows first.
  private static final String ENTRY_OF_3 =
      "id = (select entry_id from audit_link l where l.workspace_id = audit_entry.workspace_id"
          + " and position = 3)";

  @Autowired Audit audit;
  @Autowired AuditChain chain;
  @Autowired ChainCare care;
  @Autowired Linker linker;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired AuditRows rows;
  @Autowired Clock clock;

  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  @BeforeEach
  void sixEntries() {
    workspace = TestWorkspaces.fresh(workspaces).id();
    for (int number = 1; number <= 6; number++) {
      write(number);
    }
    linkAll();
  }

  @Test
  void whatNobodyTouchedIsIntact() {
    assertThat(chain.verify(workspace))
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.first()).isEqualTo(1);
              assertThat(intact.last()).isEqualTo(6);
              assertThat(intact.waiting()).isZero();
            });
  }

  @Test
  void anEntryIsLinkedWithinSecondsByItself() {
    write(7);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> entries().getFirst().link() != null);
    assertThat(entries())
        .extracting(AuditEntry::link)
        .extracting(link -> link == null ? 0 : link.position())
        .startsWith(7L, 6L, 5L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update audit_entry set actor = 'somebody-else' where %E | ENTRY_CHANGED | 3
          update audit_entry set actor_kind = 'account' where %E | ENTRY_CHANGED | 3
          update audit_entry set action = 'tests.undone' where %E | ENTRY_CHANGED | 3
          update audit_entry set subject_id = 'other' where %E | ENTRY_CHANGED | 3
          update audit_entry set occurred_at = occurred_at - interval '1 hour' where %E | ENTRY_CHANGED | 3
          update audit_entry set via = 'console' where %E | ENTRY_CHANGED | 3
          update audit_entry set address = '192.0.2.1' where %E | ENTRY_CHANGED | 3
          update audit_entry set details = '{"number": "4"}' where %E | ENTRY_CHANGED | 3
          update audit_entry set details = '{}' where %E | ENTRY_CHANGED | 3
          update audit_entry set details = '[1]' where %E | ENTRY_CHANGED | 3
          update audit_link set hash = sha256('x') where workspace_id = %W and position = 3 | ENTRY_CHANGED | 3
          delete from audit_entry where %E | ENTRY_MISSING | 3
          delete from audit_link where workspace_id = %W and position = 3 | LINK_MISSING | 3
          delete from audit_link where workspace_id = %W and position <= 2 | START_CUT | 1
          """)
  void whatASuperuserDoesToTheThirdIsFoundAndNamed(String statement, Fault fault, long position)
      throws SQLException {
    tamper(statement);
    assertThat(broken().fault()).isEqualTo(fault);
    assertThat(broken().position()).isEqualTo(position);
  }

  @Test
  void anEntryAndItsLinkGoneTogetherLeaveAHole() throws SQLException {
    tamper(
        "delete from audit_entry where %E",
        "delete from audit_link where workspace_id = %W and position = 3");
    assertThat(broken().fault()).isEqualTo(Fault.LINK_MISSING);
  }

  @Test
  void swappedEntriesAreNamedAsMoved() throws SQLException {
    tamper(
        "create temporary table held on commit drop as select entry_id, position from audit_link"
            + " where workspace_id = %W and position in (2, 5)",
        "update audit_link set entry_id = gen_random_uuid() where workspace_id = %W and position = 2",
        "update audit_link set entry_id = (select entry_id from held where held.position = 2)"
            + " where workspace_id = %W and position = 5",
        "update audit_link set entry_id = (select entry_id from held where held.position = 5)"
            + " where workspace_id = %W and position = 2");
    assertThat(broken().fault()).isEqualTo(Fault.REORDERED);
    assertThat(broken().position()).isEqualTo(2);
  }

  @Test
  void swappedLinksAreNamedAsMoved() throws SQLException {
    tamper(
        "update audit_link set position = 99 where workspace_id = %W and position = 2",
        "update audit_link set position = 2 where workspace_id = %W and position = 5",
        "update audit_link set position = 5 where workspace_id = %W and position = 99");
    assertThat(broken().fault()).isEqualTo(Fault.REORDERED);
  }

  @Test
  void anEntryThatWasPutInIsFound() throws SQLException {
    tamper(
        "insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, via, action,"
            + " subject_kind, subject_id, details) values (%W, gen_random_uuid(), now()"
            + " - interval '1 day', 'system', '', 'system', 'tests.done', 'tests.thing', '1', '{}')");
    assertThat(broken().fault()).isEqualTo(Fault.NOT_LINKED);
    assertThat(broken().entry()).isNotNull();
  }

  @Test
  void anEntryThatGoesBeforeItIsLinkedIsFound() throws SQLException {
    tamper("insert into audit_unlinked (workspace_id, entry_id) values (%W, gen_random_uuid())");
    assertThat(broken().fault()).isEqualTo(Fault.ENTRY_MISSING);
  }

  @Test
  void aFaultIsLoggedOnceAndCountsUntilItIsGone() throws SQLException {
    tamper("update audit_entry set actor = 'x' where %E");
    care.verify(workspace);
    care.verify(workspace);
    assertThat(entries().stream().filter(entry -> entry.action().equals(ChainCare.BROKEN)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("fault", "entry-changed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_link set hash = sha256('x')",
        "delete from audit_link",
        "update audit_unlinked set number = default",
        "update audit_entry set address = null"
      })
  void theServersOwnRoleCannot(String statement) {
    assertThatThrownBy(() -> workspaces.inWorkspace(workspace, () -> jdbc.sql(statement).update()))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void twoServersThatLinkAtOnceMakeOneChain() throws Exception {
    Linker other = new Linker(jdbc, workspaces, rows, event -> {}, clock);
    List<Linker> servers = List.of(linker, other);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<?>> work = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        work.add(threads.submit(() -> IntStream.range(0, 25).forEach(this::write)));
      }
      for (Linker server : servers) {
        work.add(threads.submit(() -> IntStream.range(0, 40).forEach(_ -> server.link(workspace))));
      }
      for (Future<?> each : work) {
        each.get();
      }
    }
    linkAll();
    assertThat(chain.verify(workspace))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.last()).isEqualTo(106));
  }

  @Test
  void whatAnOlderServerWritesIsLinkedToo() throws SQLException {
    workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql(
                    "insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor,"
                        + " action, subject_kind, subject_id, details) values (?, gen_random_uuid(),"
                        + " now(), 'system', '', 'tests.done', 'tests.thing', '1', '{}')")
                .param(workspace.value())
                .update());
    linkAll();
    assertThat(chain.verify(workspace))
        .isInstanceOfSatisfying(Intact.class, intact -> assertThat(intact.last()).isEqualTo(7));
  }

  private Broken broken() {
    assertThat(chain.verify(workspace)).isInstanceOf(Broken.class);
    return (Broken) chain.verify(workspace);
  }

  private void write(int number) {
    workspaces.inWorkspace(
        workspace,
        () ->
            audit.record(
                new Actor.Person(new PersonId(new UUID(0, number))),
                "tests.done",
                new Subject("tests.thing", String.valueOf(number)),
                Map.of("number", String.valueOf(number))));
  }

  private void linkAll() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          linker.link(workspace);
          return workspaces.inWorkspace(
                  workspace,
                  () -> jdbc.sql("select count(*) from audit_unlinked").query(Long.class).single())
              == 0;
        });
  }

  private List<AuditEntry> entries() {
    return workspaces.inWorkspace(
        workspace, () -> audit.page(AuditFilter.ALL, null, 100).entries());
  }

  /// As the one who owns the database: no policy and no trigger stands in the way.
  private void tamper(String... statements) throws SQLException {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("set search_path = bothy");
      statement.execute("set session_replication_role = replica");
      for (String each : statements) {
        String sql =
            each.replace("%E", ENTRY_OF_3 + " and workspace_id = %W")
                .replace("%W", "'" + workspace + "'");
        try (PreparedStatement prepared = superuser.prepareStatement(sql)) {
          assertThat(prepared.executeUpdate()).as(sql).isNotNegative();
        }
      }
      superuser.commit();
    }
  }
}
