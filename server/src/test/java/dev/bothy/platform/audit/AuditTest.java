package dev.bothy.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class AuditTest {
  private static final Actor SYSTEM = new Actor.System();

  @Autowired Audit audit;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private final Subject subject = Subject.of("rotations.rotation", UUID.randomUUID());
  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  @BeforeEach
  void makeWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @Test
  void anEntrySaysWhoDidWhatToWhat() {
    PersonId person = new PersonId(UUID.randomUUID());
    write(new Actor.Person(person), "rotations.created", Map.of("channel", "C042"));
    AuditEntry entry = page(AuditFilter.ALL, null, 10).entries().getFirst();
    assertThat(entry.actorKind()).isEqualTo("person");
    assertThat(entry.actor()).isEqualTo(person.toString());
    assertThat(entry.action()).isEqualTo("rotations.created");
    assertThat(entry.subject()).isEqualTo(subject);
    assertThat(entry.details()).containsExactly(Map.entry("channel", "C042"));
  }

  @Test
  void anAccountIsNamedWithItsConnection() {
    ConnectionId connection = new ConnectionId(UUID.randomUUID());
    write(new Actor.Account(connection, "U1"), "rotations.created", Map.of());
    assertThat(page(AuditFilter.ALL, null, 10).entries().getFirst().actor())
        .isEqualTo(connection + "/U1");
  }

  @Test
  void entriesOfOneStatementAreLinkedInTheirOrder() {
    List<Map<String, String>> details =
        IntStream.range(0, 100).mapToObj(count -> Map.of("count", "" + count)).toList();
    List<String> linked =
        workspaces.inWorkspace(
            workspace,
            () -> {
              audit.recordAll(SYSTEM, "rotations.handoff-missed", subject, details);
              return jdbc.sql(
                      "select e.details->>'count' from audit_unlinked u join audit_entry e"
                          + " on e.workspace_id = u.workspace_id and e.id = u.entry_id"
                          + " order by u.number")
                  .query(String.class)
                  .list();
            });
    assertThat(linked).isEqualTo(details.stream().map(each -> each.get("count")).toList());
    assertThat(page(AuditFilter.ALL, null, 100).entries())
        .extracting(entry -> entry.details().get("count"))
        .isEqualTo(linked.reversed());
  }

  @Test
  void whatIsRolledBackWasNeverLogged() {
    workspaces.inWorkspace(
        workspace,
        () -> {
          audit.record(SYSTEM, "rotations.created", subject);
          workspaces.rollBack();
        });
    assertThat(page(AuditFilter.ALL, null, 10).entries()).isEmpty();
  }

  @Test
  void pagesShowEachEntryOnceNewestFirstWhileNewOnesArrive() {
    for (int count = 0; count < 7; count++) {
      write(SYSTEM, "rotations.handed-over", Map.of("count", String.valueOf(count)));
    }
    List<String> seen = new ArrayList<>();
    AuditPage page = page(AuditFilter.ALL, null, 3);
    while (true) {
      page.entries().forEach(entry -> seen.add(entry.details().get("count")));
      AuditPage.Place older = page.older();
      if (older == null) {
        break;
      }
      write(SYSTEM, "rotations.created", Map.of("count", "late"));
      page = page(AuditFilter.ALL, AuditPage.Place.of(older.text()), 3);
    }
    assertThat(seen).containsExactly("6", "5", "4", "3", "2", "1", "0");
  }

  @Test
  void filtersNarrow() {
    write(SYSTEM, "rotations.created", Map.of());
    write(SYSTEM, "console.signed-in", Map.of());
    PersonId person = new PersonId(UUID.randomUUID());
    write(new Actor.Person(person), "rotations.deleted", Map.of());
    assertThat(page(new AuditFilter("rotations", null, null, null, null, null), null, 10).entries())
        .extracting(AuditEntry::action)
        .containsExactly("rotations.deleted", "rotations.created");
    assertThat(
            page(new AuditFilter(null, "console.signed-in", null, null, null, null), null, 10)
                .entries())
        .hasSize(1);
    assertThat(
            page(new AuditFilter(null, null, person.toString(), null, null, null), null, 10)
                .entries())
        .hasSize(1);
    assertThat(
            page(new AuditFilter(null, null, null, subject.id(), null, null), null, 10).entries())
        .hasSize(3);
  }

  @Test
  void timesNarrow() {
    write(SYSTEM, "rotations.created", Map.of());
    AuditEntry entry = page(AuditFilter.ALL, null, 10).entries().getFirst();
    assertThat(page(new AuditFilter(null, null, null, null, entry.at(), null), null, 10).entries())
        .hasSize(1);
    assertThat(page(new AuditFilter(null, null, null, null, null, entry.at()), null, 10).entries())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "ada@example.org", "line\nbreak"})
  void whatAPersonWroteIsNoDetail(String content) {
    assertThatThrownBy(() -> write(SYSTEM, "rotations.created", Map.of("note", content)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update audit_entry set actor = 'x'", "delete from audit_entry"})
  void theServerCannotChangeWhatWasWritten(String statement) {
    write(SYSTEM, "rotations.created", Map.of());
    assertThatThrownBy(() -> workspaces.inWorkspace(workspace, () -> jdbc.sql(statement).update()))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "12", "12.x", "x.0197f000-0000-7000-8000-000000000000"})
  void aPlaceThatWasTypedIsNoPlace(String text) {
    assertThat(AuditPage.Place.of(text)).isNull();
  }

  private void write(Actor actor, String action, Map<String, String> details) {
    workspaces.inWorkspace(workspace, () -> audit.record(actor, action, subject, details));
  }

  private AuditPage page(AuditFilter filter, AuditPage.@Nullable Place after, int limit) {
    return workspaces.inWorkspace(workspace, () -> audit.page(filter, after, limit));
  }
}
