package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.work.Inbox;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// A sweep that dies with its server, the server that goes on, and what others feel of a sweep of
/// very many rows.
@BothyTest
class SweepOnTwoServersTest {
  private static final String LEASE = "retention-sweep";
  private static final int ROWS = 12 * Batch.MOST + 7;

  @Autowired Sweeps sweeps;
  @Autowired Sweeper sweeper;
  @Autowired RetentionSettings settings;
  @Autowired Inbox inbox;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private WorkspaceId workspace;

  @BeforeEach
  void aWorkspaceOfItsOwn() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @AfterEach
  void nobodyHoldsTheLease() {
    WholeDatabase.run("delete from bothy.lease where name = '" + LEASE + "'");
  }

  @Test
  void whatAServerThatWasKilledLeftIsSweptByAnotherOnceTheLeaseHasRunOut()
      throws InterruptedException {
    settled(3 * Batch.MOST);
    heldByAnother("1 minute");
    assertThatThrownBy(() ->
            sweeps.of(
                workspace,
                (_, _) -> {
                  throw new IllegalStateException("killed");
                }))
        .hasMessage("killed");
    assertThat(items()).isEqualTo(2 * Batch.MOST);

    sweeper.round();
    assertThat(items()).as("while the lease is another's").isEqualTo(2 * Batch.MOST);

    heldByAnother("-1 second");
    sweeper.round();
    assertThat(items()).isZero();
  }

  @Test
  void aClockShortenedToADayTakesManyRowsInSmallTransactionsBetweenWhichNothingWaits()
      throws InterruptedException {
    settled(ROWS);
    workspaces.inWorkspace(
        workspace, () -> settings.set(new Actor.System(), RetentionClock.DELIVERIES, 1));
    List<Integer> batches = new ArrayList<>();
    List<Duration> accepted = new ArrayList<>();
    sweeps.of(
        workspace,
        (table, rows) -> {
          assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
          if (table.equals("inbox_item")) {
            assertThat(items())
                .as("what a batch took is gone for all")
                .isEqualTo(
                    ROWS
                        - batches.stream().mapToInt(Integer::intValue).sum()
                        - rows
                        + accepted.size());
            batches.add(rows);
            long begun = System.nanoTime();
            accept();
            accepted.add(Duration.ofNanos(System.nanoTime() - begun));
          }
        });
    assertThat(batches).hasSize(13).allMatch(rows -> rows <= Batch.MOST);
    assertThat(batches.getLast()).isEqualTo(7);
    assertThat(accepted).allMatch(took -> took.compareTo(Duration.ofSeconds(5)) < 0);
    assertThat(items()).as("what came meanwhile stays").isEqualTo(accepted.size());
  }

  private void accept() {
    inbox.accept(
        new Inbox.Delivery(
            workspace,
            UUID.randomUUID(),
            UUID.randomUUID().toString(),
            "lane",
            "nobodys",
            "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private static void heldByAnother(String longer) {
    WholeDatabase.run("delete from bothy.lease where name = '" + LEASE + "'");
    WholeDatabase.run(
        "insert into bothy.lease (name, holder, fence, ends_at) values ('%s', ?, 1000000,"
                .formatted(LEASE)
            + " clock_timestamp() + interval '"
            + longer
            + "')",
        UUID.randomUUID());
  }

  private void settled(int count) {
    WholeDatabase.run(
        "insert into bothy.inbox_item (workspace_id, id, source, delivery_id, kind, lane, state,"
            + " settled_at) select ?, gen_random_uuid(), ?, n::text, 'nobodys', 'l', 'done',"
            + " now() - interval '100 days' from generate_series(1, ?) n",
        workspace.value(),
        UUID.randomUUID(),
        count);
  }

  private int items() {
    return workspaces.inWorkspace(
        workspace, () -> jdbc.sql("select count(*) from inbox_item").query(Integer.class).single());
  }
}
