package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class LeasesTest {
  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;

  private final String name = "test." + UUID.randomUUID();

  @Test
  void aLeaseIsHeldByOneAndPassesOnWithAHigherFence() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMinutes(1)).orElseThrow();
    assertThat(other.take(name, Duration.ofMinutes(1))).isEmpty();
    assertThat(one.take(name, Duration.ofMinutes(1))).contains(held);
    one.giveBack(held);
    assertThat(other.take(name, Duration.ofMinutes(1)))
        .hasValueSatisfying(taken -> assertThat(taken.fence()).isGreaterThan(held.fence()));
  }

  @Test
  void aLeaseThatIsNotProlongedIsFreeAfterItsLength() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMillis(200)).orElseThrow();
    await().untilAsserted(() -> assertThat(other.take(name, Duration.ofMinutes(1))).isPresent());
    one.giveBack(held);
    assertThat(one.take(name, Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void whatAnOutdatedHolderDoesInTheDatabaseRollsBack() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMillis(200)).orElseThrow();
    Workspace workspace = TestWorkspaces.fresh(workspaces);
    rename(one, held, workspace, "By its holder");
    assertThat(nameOf(workspace)).isEqualTo("By its holder");

    await().untilAsserted(() -> assertThat(other.take(name, Duration.ofMinutes(1))).isPresent());

    assertThatThrownBy(() -> rename(one, held, workspace, "By a sleeper"))
        .isInstanceOf(LeaseOutdated.class);
    assertThat(nameOf(workspace)).isEqualTo("By its holder");
  }

  @Test
  void aLeaseThatEndedIsNotConfirmedEvenWhileNobodyElseWantsIt() {
    Leases one = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMillis(50)).orElseThrow();
    await()
        .untilAsserted(() ->
            assertThatThrownBy(() -> workspaces.forInstallation(() -> one.confirm(held)))
                .isInstanceOf(LeaseOutdated.class));
  }

  /// As long as the transaction that was confirmed has not ended, it cannot be outdated.
  @Test
  void aLeaseDoesNotChangeHandsUnderATransactionThatItConfirmed() throws Exception {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    Leases.Lease held = one.take(name, Duration.ofMillis(100)).orElseThrow();
    CountDownLatch confirmed = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> transaction =
          threads.submit(() ->
              workspaces.forInstallation(() -> {
                one.confirm(held);
                confirmed.countDown();
                uninterrupted(mayEnd);
              }));
      assertThat(confirmed.await(10, TimeUnit.SECONDS)).isTrue();
      Future<Optional<Leases.Lease>> taking =
          threads.submit(() -> {
            Optional<Leases.Lease> taken = Optional.empty();
            while (taken.isEmpty()) {
              taken = other.take(name, Duration.ofMinutes(1));
            }
            return taken;
          });
      await().until(() -> blockedByALock() > 0);
      assertThat(taking.isDone()).isFalse();
      mayEnd.countDown();
      transaction.get(10, TimeUnit.SECONDS);
      assertThat(taking.get(10, TimeUnit.SECONDS).orElseThrow().fence())
          .isGreaterThan(held.fence());
    }
  }

  @Test
  void whatTheHolderSaysIsSeenByAllUntilTheLeaseChangesHands() {
    Leases one = new Leases(jdbc, workspaces);
    Leases other = new Leases(jdbc, workspaces);
    assertThat(other.look(name)).isEmpty();
    Leases.Lease held = one.take(name, Duration.ofMinutes(1)).orElseThrow();
    assertThat(one.say(held, "all is well")).isTrue();
    assertThat(one.take(name, Duration.ofMinutes(1))).contains(held);

    Leases.Holding seen = other.look(name).orElseThrow();
    assertThat(seen.said()).isEqualTo("all is well");
    assertThat(seen.here()).isFalse();
    assertThat(one.look(name).orElseThrow().here()).isTrue();

    one.giveBack(held);
    assertThat(other.look(name)).isEmpty();
    assertThat(other.take(name, Duration.ofMinutes(1))).isPresent();
    assertThat(other.look(name).orElseThrow().said()).isNull();
    assertThat(one.say(held, "still here")).isFalse();
    assertThat(other.look(name).orElseThrow().said()).isNull();
  }

  private void rename(Leases leases, Leases.Lease lease, Workspace workspace, String to) {
    workspaces.inWorkspace(
        workspace.id(),
        () -> {
          jdbc.sql("update workspace set name = ?").param(to).update();
          leases.confirm(lease);
        });
  }

  private String nameOf(Workspace workspace) {
    return workspaces.byIds(List.of(workspace.id())).getFirst().name();
  }

  private long blockedByALock() {
    return workspaces.forInstallation(() ->
        jdbc.sql(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and query like '%lease%' and datname = current_database()")
            .query(Long.class)
            .single());
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
