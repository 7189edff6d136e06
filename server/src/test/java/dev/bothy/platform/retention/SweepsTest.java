package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.ApiWorlds;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import dev.bothy.testkit.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
@ExtendWith(OutputCaptureExtension.class)
class SweepsTest {
  @Autowired Sweeps sweeps;
  @Autowired RetentionSettings settings;
  @Autowired DueRows dueRows;
  @Autowired SweepTable table;
  @Autowired Lateness lateness;
  @Autowired Held held;
  @Autowired ApiWorlds worlds;
  @Autowired Workspaces workspaces;
  @Autowired Audit audit;
  @Autowired JdbcClient jdbc;
  @Autowired TestClock clock;

  private WorkspaceId workspace = new WorkspaceId(new UUID(0, 0));

  @BeforeEach
  void aWorkspaceOfItsOwn() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private SweepResult sweep() throws InterruptedException {
    sweeps.ofInstallation((_, _) -> {});
    return sweeps.of(workspace, (_, _) -> {});
  }

  @Test
  void whatIsPlantedIsFoundNowhereAfterItsClock(CapturedOutput output) throws InterruptedException {
    Planted planted = Planted.into(workspace);
    Set<String> everywhere = WholeDatabase.tablesWith(planted.text());
    Set<String> expiring =
        held.tables()
            .filter(table -> !table.expiries().isEmpty())
            .map(HeldTable::table)
            .collect(Collectors.toSet());
    expiring.remove("break_glass_code"); // which holds a hash and nothing to plant in
    expiring.add("data_export_part"); // which goes with its export
    assertThat(everywhere).containsExactlyInAnyOrderElementsOf(expiring);

    assertThat(sweep().rows()).isZero();
    assertThat(WholeDatabase.tablesWith(planted.text())).isEqualTo(everywhere);

    clock.advance(Duration.ofDays(1).plusMinutes(1));
    sweep();
    assertThat(WholeDatabase.tablesWith(planted.text()))
        .doesNotContain("session", "slack_departure", "chat_link_request")
        .contains("inbox_item", "outbox_item", "sandbox_message", "handoff_note", "shift");

    clock.advance(Duration.ofDays(29));
    SweepResult texts = sweep();
    // The inbox's row stays for its timing and its delivery id.
    assertThat(WholeDatabase.tablesWith(planted.text()))
        .containsExactlyInAnyOrder(
            "inbox_item",
            "slack_activity",
            "api_token",
            "absence",
            "chat_account",
            "handoff",
            "plan_change",
            "shift",
            "shift_request",
            "webhook_delivery",
            "breach_notice");
    assertThat(payloads()).isZero();
    assertThat(count("select count(*) from webhook_delivery where body is not null")).isZero();
    assertThat(texts.rowsByTable())
        .containsEntry("inbox_item", 2L)
        .containsEntry("outbox_item", 2L)
        .containsEntry("handoff_note", 1L);

    clock.advance(Duration.ofDays(60));
    sweep();
    assertThat(WholeDatabase.tablesWith(planted.text()))
        .containsExactlyInAnyOrder(
            "absence",
            "chat_account",
            "handoff",
            "plan_change",
            "shift",
            "shift_request",
            "breach_notice");

    clock.advance(Duration.ofDays(275));
    sweep();
    assertThat(WholeDatabase.tablesWith(planted.text())).isEmpty();
    assertThat(output.getAll()).doesNotContain(planted.text());
    assertThat(worlds.http().get("/actuator/prometheus").body()).doesNotContain(planted.text());
    // Indexes and long values too, once PostgreSQL's free places have been written anew.
    Traces.rewrite(everywhere);
    assertThat(Traces.databaseFilesWith(planted.text())).isEmpty();
  }

  @Test
  void aClockThatWasShortenedToADayCountsFromTheNextSweepOn() throws InterruptedException {
    Planted planted = Planted.into(workspace);
    clock.advance(Duration.ofDays(1).plusMinutes(1));
    sweep();
    assertThat(payloads()).isEqualTo(4);

    ClockChange change =
        workspaces.inWorkspace(
            workspace, () -> settings.set(new Actor.System(), RetentionClock.MESSAGE_TEXT, 1));
    assertThat(change).isInstanceOf(ClockChange.Changed.class);
    sweep();

    assertThat(payloads()).isZero();
    assertThat(WholeDatabase.tablesWith(planted.text()))
        .contains("inbox_item", "shift")
        .doesNotContain("outbox_item", "sandbox_message", "sandbox_form", "handoff_note");
  }

  @Test
  void aSweepThatBreaksOffLeavesWholeBatchesAndTheNextOneDoesTheRest() throws InterruptedException {
    settledItems(2 * Batch.MOST + 500);
    clock.advance(Duration.ofDays(91));
    AtomicInteger batches = new AtomicInteger();

    assertThatThrownBy(() ->
            sweeps.of(
                workspace,
                (_, _) -> {
                  batches.incrementAndGet();
                  throw new IllegalStateException("killed");
                }))
        .hasMessage("killed");
    assertThat(batches).hasValue(1);
    assertThat(items()).isEqualTo(Batch.MOST + 500);
    assertThat(workspaces.inWorkspace(workspace, () -> last().finishedAt())).isNull();

    SweepResult rest = sweeps.of(workspace, (_, _) -> {});
    assertThat(rest.rowsByTable()).containsEntry("inbox_item", (long) Batch.MOST + 500);
    assertThat(items()).isZero();
    assertThat(workspaces.inWorkspace(workspace, () -> last().finishedAt())).isNotNull();
  }

  private SweepResult last() {
    return table.last().orElseThrow();
  }

  @Test
  void aRowThatSomebodyWorksOnIsLeftForTheNextNight() throws InterruptedException {
    settledItems(10);
    clock.advance(Duration.ofDays(91));
    Thread sweeper =
        workspaces.inWorkspace(
            workspace,
            () -> {
              jdbc.sql("select id from inbox_item order by id limit 1 for update")
                  .query(UUID.class)
                  .single();
              // Another transaction, while this one holds its row.
              Thread sweeping =
                  Thread.ofVirtual()
                      .start(() -> {
                        try {
                          sweeps.of(workspace, (_, _) -> {});
                        } catch (InterruptedException e) {
                          Thread.currentThread().interrupt();
                        }
                      });
              try {
                sweeping.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return sweeping;
            });
    assertThat(sweeper.isAlive()).isFalse();
    assertThat(items()).isEqualTo(1);
    sweep();
    assertThat(items()).isZero();
  }

  @Test
  void aTableThatCannotBeSweptHoldsUpNoOther() throws InterruptedException {
    settledItems(3);
    Planted planted = Planted.into(workspace);
    String refuses = "refuses_" + workspace.toString().replace('-', '_');
    WholeDatabase.run(
        "create function bothy.%s() returns trigger language plpgsql as 'begin raise exception ''no''; end'"
            .formatted(refuses));
    WholeDatabase.run(
        "create trigger %s before delete on bothy.handoff_note for each row when (old.workspace_id = '%s') execute function bothy.%s()"
            .formatted(refuses, workspace, refuses));
    clock.advance(Duration.ofDays(366));
    try {
      assertThatThrownBy(this::sweep).isInstanceOf(DataAccessException.class);
      assertThat(WholeDatabase.tablesWith(planted.text())).containsExactly("handoff_note");
      assertThat(workspaces.inWorkspace(workspace, () -> last().finishedAt())).isNull();
    } finally {
      WholeDatabase.run("drop trigger %s on bothy.handoff_note".formatted(refuses));
      WholeDatabase.run("drop function bothy.%s()".formatted(refuses));
    }
    sweep();
    assertThat(WholeDatabase.tablesWith(planted.text())).isEmpty();
  }

  @Test
  void anotherWorkspacesRowsStay() throws InterruptedException {
    settledItems(3);
    WorkspaceId mine = workspace;
    aWorkspaceOfItsOwn();
    clock.advance(Duration.ofDays(91));
    sweep();
    workspace = mine;
    assertThat(items()).isEqualTo(3);
  }

  @Test
  void whatIsLateIsMeasuredFromWhenASweepCouldKnow() throws InterruptedException {
    settledItems(5);
    clock.advance(Duration.ofDays(93));
    Lateness.Late late = Objects.requireNonNull(lateness.measure().get("inbox_item"));
    assertThat(late.rows()).isGreaterThanOrEqualTo(5);
    assertThat(late.lag()).isGreaterThan(Duration.ofDays(2));

    clock.advance(Duration.ofDays(-53));
    workspaces.inWorkspace(
        workspace, () -> settings.set(new Actor.System(), RetentionClock.DELIVERIES, 10));
    clock.advance(Duration.ofHours(1));
    List<Due> due =
        workspaces.inWorkspace(
            workspace,
            () -> dueRows.find(dueRows.ofWorkspaces(), settings.all(), clock.instant(), 3));
    assertThat(due).hasSize(1);
    assertThat(due.getFirst().rows()).isEqualTo(3);
    assertThat(due.getFirst().more()).isTrue();
    assertThat(Duration.between(due.getFirst().overdue(), clock.instant()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    sweep();
    assertThat(items()).isZero();
  }

  @Test
  void aSweepThatFoundSomethingStandsInTheAuditLogWithNumbersAlone() throws InterruptedException {
    settledItems(5);
    clock.advance(Duration.ofDays(91));
    sweep();
    sweep();
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () ->
                    audit
                        .page(
                            new AuditFilter(null, "retention.swept", null, null, null, null, null),
                            null,
                            10)
                        .entries()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("inbox-item", "5"));
  }

  /// The index begins with the workspace, where the table has one, and the column that counts; or
  /// it holds the few rows alone that the rule is for.
  @Test
  void everyRuleFindsItsRowsByAnIndex() {
    Stream.concat(dueRows.ofWorkspaces().stream(), dueRows.ofInstallation().stream())
        .forEach(rule -> {
          String begins =
              (rule.table().installation() ? "(" : "(workspace_id, ") + rule.expiry().since();
          assertThat(indexes(rule.table().table()))
              .as(rule.toString())
              .anyMatch(index ->
                  index.contains(begins)
                      || (index.contains("WHERE (state = ") && rule.expiry().only() != null));
        });
  }

  private List<String> indexes(String table) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select indexdef from pg_indexes where tablename = ?")
            .param(table)
            .query(String.class)
            .list());
  }

  private void settledItems(int count) {
    WholeDatabase.run(
        "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
            + " settled_at) select ?, gen_random_uuid(), ?, n::text, 'nobodys', 'l', 'done', now()"
            + " from generate_series(1, ?) n",
        workspace.value(),
        UUID.randomUUID(),
        count);
  }

  private int items() {
    return count("select count(*) from inbox_item");
  }

  private int payloads() {
    return count(
        "select (select count(*) from inbox_item where payload is not null)"
            + " + (select count(*) from outbox_item where payload is not null)");
  }

  private int count(String query) {
    return workspaces.inWorkspace(workspace, () -> jdbc.sql(query).query(Integer.class).single());
  }
}
