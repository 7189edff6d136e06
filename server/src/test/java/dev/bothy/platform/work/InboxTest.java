package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class InboxTest {
  @Autowired Inbox inbox;
  @Autowired Keys keys;
  @Autowired Clock clock;
  @Autowired Lanes lanes;
  @Autowired WorkSettings settings;
  @Autowired JdbcTemplate template;
  @Autowired Workspaces workspaces;
  @Autowired WorkProbe probe;
  @Autowired JdbcClient jdbc;

  private final UUID source = UUID.randomUUID();
  private WorkspaceId workspace = new WorkspaceId(source);

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  private Inbox.Receipt accept(String deliveryId, String lane, String text) {
    return inbox.accept(
        new Inbox.Delivery(
            workspace,
            source,
            deliveryId,
            lane,
            WorkProbe.KIND,
            text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> states() {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select state from inbox_item order by position").query(String.class).list());
  }

  @Test
  void aDeliveryThatIsRepeatedIsHandledOnce() {
    assertThat(accept("d1", "lane", "hello")).isInstanceOf(Inbox.Receipt.Stored.class);
    assertThat(accept("d1", "lane", "hello")).isInstanceOf(Inbox.Receipt.Duplicate.class);
    await().untilAsserted(() -> assertThat(states()).containsExactly("done"));
    assertThat(probe.seen(workspace)).containsExactly("hello");
    assertThat(accept("d1", "lane", "hello")).isInstanceOf(Inbox.Receipt.Duplicate.class);
  }

  @Test
  void aLaneKeepsItsOrderWhenItsHeadFailsAtFirst() {
    AtomicInteger failures = new AtomicInteger(2);
    probe.onHandle.put(
        workspace,
        item -> {
          if (text(item).equals("1") && failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not yet");
          }
        });
    for (int number = 1; number <= 5; number++) {
      accept("d" + number, "lane", String.valueOf(number));
    }
    await().untilAsserted(() -> assertThat(states()).containsOnly("done"));
    assertThat(probe.seen(workspace)).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void lanesDoNotWaitForEachOther() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    probe.onHandle.put(
        workspace,
        item -> {
          if (text(item).equals("slow")) {
            begun.countDown();
            waitFor(release);
          }
        });
    accept("d1", "slow lane", "slow");
    waitFor(begun);
    accept("d2", "other lane", "quick");
    await().untilAsserted(() -> assertThat(probe.seen(workspace)).containsExactly("quick"));
    release.countDown();
    await().untilAsserted(() -> assertThat(probe.seen(workspace)).containsExactly("quick", "slow"));
  }

  @Test
  void whatNeverSucceedsIsDeadLetteredWithItsPayloadAndHoldsNobodyElse() {
    probe.onHandle.put(
        workspace,
        item -> {
          if (text(item).equals("poison")) {
            throw new IllegalStateException("never");
          }
        });
    accept("d1", "lane", "poison");
    accept("d2", "lane", "healthy");
    await().untilAsserted(() -> assertThat(states()).containsExactly("dead", "done"));
    assertThat(probe.seen(workspace)).containsExactly("healthy");
    workspaces.inWorkspace(
        workspace,
        () -> {
          assertThat(
                  jdbc.sql("select payload is not null from inbox_item order by position")
                      .query(Boolean.class)
                      .list())
              .containsExactly(true, false);
          assertThat(
                  jdbc.sql("select problem from inbox_item where state = 'dead'")
                      .query(String.class)
                      .single())
              .isEqualTo("IllegalStateException");
        });
  }

  @Test
  void aWorkerThatLostItsLeaseLeavesNoTraceAndTheNextOneDoesTheWork() {
    AtomicInteger tries = new AtomicInteger();
    probe.onHandle.put(
        workspace,
        _ -> {
          jdbc.sql(
                  "insert into scheduled_item (workspace_id, kind, subject, due_at)"
                      + " values (?, 'effect', gen_random_uuid(), now())")
              .param(workspace.value())
              .update();
          if (tries.incrementAndGet() == 1) {
            takeOverLanes();
          }
        });
    accept("d1", "lane", "work");
    await().untilAsserted(() -> assertThat(states()).containsExactly("done"));
    assertThat(tries).hasValueGreaterThan(1);
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () ->
                    jdbc.sql("select count(*) from scheduled_item where kind = 'effect'")
                        .query(Long.class)
                        .single()))
        .isEqualTo(1);
  }

  /// As another worker would after a lease has run out, which then dies.
  private void takeOverLanes() {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "update bothy.lane set claim_token = gen_random_uuid(), claim_ends_at = now()"
              + " where workspace_id = '"
              + workspace
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends it again as a network does when it was not answered in time, which a machine that others
  /// use may take.
  private static Inbox.Receipt acknowledged(Inbox receiver, Inbox.Delivery delivery) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> receiver.accept(delivery), receipt -> !(receipt instanceof Inbox.Receipt.Full));
  }

  @Test
  void theSameDeliveryAtTwoReplicasAtOnceIsStoredOnceAndAcknowledgedByBoth() throws Exception {
    DurableInbox replica = new DurableInbox(keys, clock, lanes, template, workspaces, settings);
    replica.start();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < 30; number++) {
        Inbox.Delivery delivery =
            new Inbox.Delivery(
                workspace, source, "d" + number, "lane", WorkProbe.KIND, new byte[] {1});
        List<Future<Inbox.Receipt>> receipts =
            callers.invokeAll(
                List.of(
                    () -> acknowledged(inbox, delivery), () -> acknowledged(replica, delivery)));
        assertThat(List.of(receipts.get(0).get(), receipts.get(1).get()))
            .as("of the two one at most has stored it")
            .haveAtMost(1, new Condition<>(Inbox.Receipt.Stored.class::isInstance, "stored"));
      }
    } finally {
      replica.stop(Duration.ofSeconds(10));
    }
    await().untilAsserted(() -> assertThat(states()).hasSize(30).containsOnly("done"));
  }

  @Test
  void whatCannotBeStoredBecauseTheDatabaseIsLockedIsNotAcknowledgedAndComesAgain()
      throws Exception {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      try {
        statement.execute("alter role bothy_app set lock_timeout = '300ms'");
        dropConnections(statement);
        superuser.setAutoCommit(false);
        statement.execute("lock table bothy.inbox_item in exclusive mode");
        await()
            .untilAsserted(() ->
                assertThat(accept("d1", "lane", "hello")).isInstanceOf(Inbox.Receipt.Full.class));
      } finally {
        superuser.rollback();
        superuser.setAutoCommit(true);
        statement.execute("alter role bothy_app reset lock_timeout");
        dropConnections(statement);
      }
    }
    await()
        .untilAsserted(() ->
            assertThat(accept("d1", "lane", "hello")).isNotInstanceOf(Inbox.Receipt.Full.class));
    await().untilAsserted(() -> assertThat(states()).containsExactly("done"));
  }

  /// As a restart or a failover of the database does.
  private static void dropConnections(Statement superuser) throws SQLException {
    superuser.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bothy_app'"
            + " and datname = current_database()");
  }

  @Test
  void oneBadRowInABatchHurtsNobodyElse() throws Exception {
    List<Callable<Inbox.Receipt>> calls = new ArrayList<>();
    for (int number = 0; number < 50; number++) {
      String deliveryId = number == 25 ? "too long ".repeat(50) : "d" + number;
      calls.add(() -> accept(deliveryId, "lane " + deliveryId.length(), "text"));
    }
    List<Future<Inbox.Receipt>> results;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      results = callers.invokeAll(calls);
    }
    for (int number = 0; number < 50; number++) {
      if (number == 25) {
        Future<Inbox.Receipt> bad = results.get(number);
        assertThatThrownBy(bad::get).hasMessageContaining("was not stored");
      } else {
        assertThat(results.get(number).get()).isInstanceOf(Inbox.Receipt.Stored.class);
      }
    }
    await().untilAsserted(() -> assertThat(states()).hasSize(49).containsOnly("done"));
  }

  @Test
  void laneRowsGoWhenNothingWaits() {
    accept("d1", "lane", "hello");
    await()
        .untilAsserted(() ->
            assertThat(
                    workspaces.inWorkspace(
                        workspace,
                        () -> jdbc.sql("select count(*) from lane").query(Long.class).single()))
                .isZero());
    assertThat(states()).containsExactly("done");
  }

  private static String text(InboxHandler.Item item) {
    return new String(item.payload(), StandardCharsets.UTF_8);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
