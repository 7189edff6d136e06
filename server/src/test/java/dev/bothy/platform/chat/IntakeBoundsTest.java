package dev.bothy.platform.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.chat.Intake.Result;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// One workspace's flood is turned away, and nobody else's event with it.
class IntakeBoundsTest {
  private static final Result STORED = new Result.Accepted();

  private Duration now = Duration.ZERO;
  private final IntakeBounds bounds =
      new IntakeBounds(
          new ChatSettings(60, 120, 2), new Metrics(new PrometheusRegistry()), () -> now.toNanos());
  private final WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());

  private static ChatConnection connection(WorkspaceId workspace) {
    return new ChatConnection(
        new ConnectionId(UUID.randomUUID()), workspace, Network.SLACK, "Acme", "U0BOT");
  }

  private Result bring(ChatConnection connection) {
    return bounds.within(connection, () -> STORED);
  }

  @Test
  void aConnectionBringsTenSecondsWorthAtOnceAndThenAtItsRate() {
    ChatConnection connection = connection(workspace);
    for (int event = 0; event < 10; event++) {
      assertThat(bring(connection)).isEqualTo(STORED);
    }
    assertThat(bring(connection)).isEqualTo(new Result.Full(Duration.ofSeconds(1), true));
    now = now.plus(Duration.ofSeconds(1));
    assertThat(bring(connection)).isEqualTo(STORED);
    assertThat(bring(connection)).isInstanceOf(Result.Full.class);
    now = now.plus(Duration.ofHours(1));
    for (int event = 0; event < 10; event++) {
      assertThat(bring(connection)).isEqualTo(STORED);
    }
    assertThat(bring(connection)).isInstanceOf(Result.Full.class);
  }

  @Test
  void aWorkspaceIsBoundOverAllItsConnectionsAndAnotherIsNot() {
    for (int connection = 0; connection < 2; connection++) {
      ChatConnection each = connection(workspace);
      for (int event = 0; event < 10; event++) {
        assertThat(bring(each)).isEqualTo(STORED);
      }
    }
    assertThat(bring(connection(workspace))).isInstanceOf(Result.Full.class);
    assertThat(bring(connection(new WorkspaceId(UUID.randomUUID())))).isEqualTo(STORED);
  }

  @Test
  void aWorkspaceHasOnlyItsShareOfWhatWaitsToBeStored() throws Exception {
    ChatConnection connection = connection(workspace);
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch stored = new CountDownLatch(1);
    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Result> one =
          requests.submit(() -> bounds.within(connection, () -> hold(inside, stored)));
      Future<Result> two =
          requests.submit(() -> bounds.within(connection, () -> hold(inside, stored)));
      inside.await();
      assertThat(bring(connection)).isEqualTo(new Result.Full(Duration.ofSeconds(1), true));
      assertThat(bring(connection(new WorkspaceId(UUID.randomUUID())))).isEqualTo(STORED);
      stored.countDown();
      assertThat(one.get()).isEqualTo(STORED);
      assertThat(two.get()).isEqualTo(STORED);
    }
    assertThat(bring(connection)).isEqualTo(STORED);
  }

  @Test
  void aFullQueueIsToldApartFromATooFastNetwork() {
    Result full = new Result.Full(Duration.ofSeconds(5), false);
    assertThat(bounds.within(connection(workspace), () -> full)).isEqualTo(full);
  }

  private static Result hold(CountDownLatch inside, CountDownLatch stored) {
    inside.countDown();
    try {
      stored.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return STORED;
  }
}
