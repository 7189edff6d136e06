package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Much work, slow work, work that takes its worker down: what each may and may not do to others.
@BothyTest
class WorkUnderPressureTest {
  @Autowired Inbox inbox;
  @Autowired List<LaneWork> works;
  @Autowired Lanes lanes;
  @Autowired WorkSettings settings;
  @Autowired Workspaces workspaces;
  @Autowired WorkProbe probe;
  @Autowired JdbcClient jdbc;

  private final UUID source = UUID.randomUUID();
  private final List<LaneRunner> secondServer = new ArrayList<>();

  private WorkspaceId workspace = new WorkspaceId(source);

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  @AfterEach
  void stopSecondServer() throws InterruptedException {
    for (LaneRunner runner : secondServer) {
      runner.stop(Duration.ofSeconds(10));
    }
  }

  private void accept(WorkspaceId to, String lane, String text) {
    inbox.accept(
        new Inbox.Delivery(
            to,
            source,
            lane + "/" + text,
            lane,
            WorkProbe.KIND,
            text.getBytes(StandardCharsets.UTF_8)));
  }

  private void acceptAll(WorkspaceId to, List<String[]> laneAndText) {
    try (java.util.concurrent.ExecutorService callers =
        java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      laneAndText.forEach(each -> callers.submit(() -> accept(to, each[0], each[1])));
    }
  }

  private Map<String, String> states() {
    Map<String, String> states = new HashMap<>();
    workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select delivery_id, state from inbox_item")
                .query(row -> {
                  states.put(row.getString("delivery_id"), row.getString("state"));
                }));
    return states;
  }

  @Test
  void aLaneKeepsItsOrderAndEachItemIsDoneOnceHoweverOftenWorkersFailAndLoseTheirLeases() {
    startSecondServer();
    Random random = new Random(7);
    probe.onHandle.put(
        workspace,
        _ -> {
          int chance = random.nextInt(100);
          if (chance < 4) {
            throw new IllegalStateException("now and then");
          }
          if (chance < 8) {
            takeOverLanes();
          }
        });
    int inALane = 30;
    List<String[]> first = new ArrayList<>();
    for (int number = 0; number < inALane; number++) {
      for (int lane = 0; lane < 12; lane++) {
        first.add(new String[] {"lane " + lane, lane + ":" + number});
      }
      // Concurrent deliveries of one lane have no order of their own.
      if (number % 5 == 4) {
        first.forEach(each -> accept(workspace, each[0], each[1]));
        first.clear();
      }
    }
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(states().values()).hasSize(360).containsOnly("done"));
    for (int lane = 0; lane < 12; lane++) {
      String prefix = lane + ":";
      assertThat(probe.seen(workspace).stream().filter(text -> text.startsWith(prefix)))
          .containsExactlyElementsOf(
              IntStream.range(0, inALane).mapToObj(number -> prefix + number).toList());
    }
  }

  /// What another server would run beside this one's workers.
  private void startSecondServer() {
    works.stream()
        .filter(work -> work.queue() == Queue.INBOX)
        .map(work -> new LaneRunner(work, lanes, settings))
        .forEach(secondServer::add);
    secondServer.forEach(LaneRunner::start);
  }

  @Test
  void theEventOfAnotherWorkspaceIsNotHeldUpByThousands() {
    WorkspaceId quiet = TestWorkspaces.fresh(workspaces).id();
    CountDownLatch quietOneIsDone = new CountDownLatch(1);
    // The thousands go on only after the quiet workspace's event was handled.
    probe.onHandle.put(workspace, _ -> waitFor(quietOneIsDone));
    List<String[]> flood = new ArrayList<>();
    for (int number = 0; number < 3_000; number++) {
      flood.add(new String[] {"lane " + number % 500, String.valueOf(number)});
    }
    acceptAll(workspace, flood);
    accept(quiet, "lane", "hello");
    await().untilAsserted(() -> assertThat(probe.seen(quiet)).containsExactly("hello"));
    assertThat(probe.seen(workspace)).isEmpty();
    quietOneIsDone.countDown();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(states().values()).hasSize(3_000).containsOnly("done"));
  }

  @Test
  void whatWaitsForANetworkDoesNotHoldUpTheLanesClaimedWithIt() {
    CountDownLatch networkAnswers = new CountDownLatch(1);
    probe.onPrepare.put(
        workspace,
        item -> {
          if (text(item).equals("slow")) {
            waitFor(networkAnswers);
          }
        });
    List<String[]> together = new ArrayList<>(List.<String[]>of(new String[] {"0", "slow"}));
    for (int number = 1; number < 40; number++) {
      together.add(new String[] {String.valueOf(number), "quick " + number});
    }
    acceptAll(workspace, together);
    await().untilAsserted(() -> assertThat(probe.seen(workspace)).hasSize(39));
    networkAnswers.countDown();
    await().untilAsserted(() -> assertThat(probe.seen(workspace)).hasSize(40).endsWith("slow"));
  }

  @Test
  void anItemThatTakesDownEachWorkerIsDeadLetteredAndThoseBehindItGoOn() {
    AtomicInteger deaths = new AtomicInteger();
    probe.onHandle.put(
        workspace,
        item -> {
          if (text(item).equals("killer")) {
            deaths.incrementAndGet();
            takeOverLanes();
          }
        });
    accept(workspace, "lane", "killer");
    accept(workspace, "lane", "innocent");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(states())
                .containsExactlyInAnyOrderEntriesOf(
                    Map.of("lane/killer", "dead", "lane/innocent", "done")));
    assertThat(deaths).hasValueBetween(5, 6);
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () ->
                    jdbc.sql("select problem from inbox_item where state = 'dead'")
                        .query(String.class)
                        .single()))
        .isEqualTo("Interrupted");
  }

  @Test
  void aRowThatSomebodyElseHoldsLockedHoldsUpItsOwnLaneOnly() throws Exception {
    try (Connection other = TestDatabase.shared().connect("bothy_app");
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select set_config('bothy.workspace', '" + workspace + "', false)");
      UUID subject = UUID.randomUUID();
      workspaces.inWorkspace(workspace, () -> effect(subject));
      statement.execute(
          "select * from bothy.scheduled_item where subject = '" + subject + "' for update");
      probe.onHandle.put(
          workspace,
          item -> {
            if (text(item).equals("stuck")) {
              jdbc.sql("update scheduled_item set attempts = 1 where subject = ?")
                  .param(subject)
                  .update();
            }
          });
      acceptAll(
          workspace,
          List.of(
              new String[] {"a", "stuck"},
              new String[] {"b", "free"},
              new String[] {"c", "free too"}));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(probe.seen(workspace)).containsExactlyInAnyOrder("free", "free too"));
      other.rollback();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(probe.seen(workspace)).contains("stuck"));
    }
  }

  private void effect(UUID subject) {
    jdbc.sql(
            "insert into scheduled_item (workspace_id, kind, subject, due_at)"
                + " values (?, 'effect', ?, now())")
        .params(workspace.value(), subject)
        .update();
  }

  /// As another worker would after a lease has run out, which then dies.
  private void takeOverLanes() {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute(
          "update bothy.lane set claim_token = gen_random_uuid(), claim_ends_at = now()"
              + " where claim_token is not null and workspace_id = '"
              + workspace
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(InboxHandler.Item item) {
    return new String(item.payload(), StandardCharsets.UTF_8);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
