package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A server that is told to stop finishes the item in hand and hands the rest back at once.
@BothyTest
class GracefulStopTest {
  @Autowired Lanes lanes;
  @Autowired Inbox inbox;
  @Autowired WorkSettings settings;
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  @Test
  void theItemInHandIsFinishedAndTheLaneHandedBack() throws Exception {
    WorkspaceId workspace = TestWorkspaces.fresh(workspaces).id();
    Holding work = new Holding();
    LaneRunner runner = new LaneRunner(work, lanes, settings);
    runner.start();
    for (String deliveryId : new String[] {"first", "second"}) {
      inbox.accept(
          new Inbox.Delivery(
              workspace,
              UUID.randomUUID(),
              deliveryId,
              "lane",
              Holding.KIND,
              deliveryId.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(work.begun.await(20, TimeUnit.SECONDS)).isTrue();

    Thread stopping =
        Thread.startVirtualThread(() -> {
          try {
            runner.stop(Duration.ofSeconds(20));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    await()
        .until(() ->
            stopping.getState() == Thread.State.WAITING
                || stopping.getState() == Thread.State.TIMED_WAITING);
    assertThat(stopping.isAlive()).as("waits for the item in hand").isTrue();
    work.mayEnd.countDown();
    stopping.join(Duration.ofSeconds(20));

    assertThat(stopping.isAlive()).isFalse();
    assertThat(work.finished).hasValue(1);
    assertThat(
            workspaces.inWorkspace(
                workspace,
                () -> jdbc.sql("select claim_token is null from lane").query(Boolean.class).list()))
        .as("what still waits is free for another server")
        .containsExactly(true);
  }

  /// Works on a kind that no handler of the shared server knows.
  private final class Holding implements LaneWork {
    private static final String KIND = "holding";
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger finished = new AtomicInteger();

    @Override
    public Queue queue() {
      return Queue.INBOX;
    }

    @Override
    public Set<String> kinds() {
      return Set.of(KIND);
    }

    @Override
    public @Nullable Instant now() {
      return null;
    }

    @Override
    public int workers() {
      return 4;
    }

    @Override
    public int lanesAClaim() {
      return 1;
    }

    @Override
    public void work(Claim claim) {
      do {
        begun.countDown();
        try {
          assertThat(mayEnd.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        finished.incrementAndGet();
      } while (claim.isHeld());
      lanes.giveBackNow(claim, claim.lanes(), Map.of(), this);
    }

    @Override
    public Map<Lane, Lanes.Ready> next(Collection<Lane> asked) {
      return asked.stream()
          .collect(Collectors.toMap(lane -> lane, _ -> new Lanes.Ready.In(Duration.ZERO)));
    }
  }
}
