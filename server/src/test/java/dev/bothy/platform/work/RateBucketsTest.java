package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.work.RateBuckets.Bucket;
import dev.bothy.platform.work.RateBuckets.Take;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two instances on one database stand for two replicas: an instance keeps nothing to itself.
@BothyTest
class RateBucketsTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Autowired Workspaces workspaces;
  @Autowired JdbcClient jdbc;
  @Autowired RateBuckets one;

  private WorkspaceId workspace = new WorkspaceId(new java.util.UUID(0, 1));

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
  }

  private RateBuckets another() {
    return new RateBuckets(jdbc, workspaces);
  }

  private static Bucket bucket(String name, int burst) {
    return new Bucket(name, LONG, burst);
  }

  private static boolean taken(Take take) {
    return take instanceof Take.Taken;
  }

  @Test
  void twoReplicasTogetherNeverTakeMoreThanTheBucketHas() throws Exception {
    Bucket bucket = new Bucket("network/method", Duration.ofMillis(100), 5);
    RateBuckets two = another();
    AtomicInteger taken = new AtomicInteger();
    long before = System.nanoTime();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int sender = 0; sender < 8; sender++) {
        RateBuckets replica = sender % 2 == 0 ? one : two;
        all.add(
            senders.submit(() -> {
              for (int call = 0; call < 25; call++) {
                if (taken(replica.take(workspace, List.of(bucket)))) {
                  taken.incrementAndGet();
                }
              }
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    long elapsed = Duration.ofNanos(System.nanoTime() - before).toMillis();
    assertThat(taken.get()).isBetween(5, 5 + 1 + (int) (elapsed / 100));
  }

  @Test
  void aRestartForgetsNothing() {
    Bucket bucket = bucket("network/method", 2);
    assertThat(taken(one.take(workspace, List.of(bucket)))).isTrue();
    assertThat(taken(another().take(workspace, List.of(bucket)))).isTrue();

    assertThat(another().take(workspace, List.of(bucket)))
        .isInstanceOfSatisfying(
            Take.Wait.class,
            wait -> assertThat(wait.time()).isBetween(LONG.minusMinutes(5), LONG.plusMillis(1)));
  }

  @Test
  void fromSeveralBucketsOneTokenEachIsTakenOrNone() {
    Bucket wide = bucket("wide", 2);
    Bucket narrow = bucket("narrow", 1);
    assertThat(taken(one.take(workspace, List.of(wide, narrow)))).isTrue();

    assertThat(taken(one.take(workspace, List.of(narrow, wide)))).isFalse();
    assertThat(taken(one.take(workspace, List.of(wide)))).isTrue();
    assertThat(taken(one.take(workspace, List.of(wide)))).isFalse();
  }

  @Test
  void whatANetworkAsksForBindsAllReplicasAndALongerHoldStays() {
    Bucket bucket = bucket("network/method", 10);
    one.holdBack(workspace, bucket.name(), Duration.ofMinutes(10));
    one.holdBack(workspace, bucket.name(), Duration.ofSeconds(1));

    assertThat(another().take(workspace, List.of(bucket)))
        .isInstanceOfSatisfying(
            Take.Wait.class, wait -> assertThat(wait.time()).isGreaterThan(Duration.ofMinutes(5)));
  }

  @Test
  void aHoldEnds() {
    Bucket bucket = bucket("network/method", 1);
    one.holdBack(workspace, bucket.name(), Duration.ofMillis(200));
    assertThat(taken(one.take(workspace, List.of(bucket)))).isFalse();
    await().until(() -> taken(one.take(workspace, List.of(bucket))));
  }

  @Test
  void aWorkspacesBucketsAreItsOwn() {
    Bucket bucket = bucket("network/method", 1);
    WorkspaceId other = TestWorkspaces.fresh(workspaces).id();
    assertThat(taken(one.take(workspace, List.of(bucket)))).isTrue();
    assertThat(taken(one.take(other, List.of(bucket)))).isTrue();
    assertThat(taken(one.take(workspace, List.of(bucket)))).isFalse();
  }

  @Test
  void takersInDifferentOrdersDoNotWaitForEachOther() throws Exception {
    List<Bucket> upwards = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      upwards.add(new Bucket("bucket-" + number, Duration.ofNanos(1_000), 1_000));
    }
    AtomicInteger failures = new AtomicInteger();
    try (ExecutorService takers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int taker = 0; taker < 6; taker++) {
        List<Bucket> order = taker % 2 == 0 ? upwards : upwards.reversed();
        takers.submit(() -> {
          try {
            for (int call = 0; call < 20; call++) {
              another().take(workspace, order);
            }
          } catch (RuntimeException deadlock) {
            failures.incrementAndGet();
          }
        });
      }
    }
    assertThat(failures).hasValue(0);
  }

  @Test
  void bucketsThatAreFullAgainAreForgottenAndOthersAreNot() {
    one.take(workspace, List.of(new Bucket("full", Duration.ofNanos(1_000), 1)));
    one.take(workspace, List.of(bucket("used", 1)));
    one.holdBack(workspace, "held", LONG);
    await()
        .untilAsserted(() -> {
          one.forget(Duration.ZERO);
          assertThat(names()).containsExactly("held", "used");
        });
  }

  /// The database's arithmetic against a bucket that counts tokens, over random traffic.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theArithmeticIsThatOfABucketOfTokens(long seed) {
    Random random = new Random(seed);
    int burst = 1 + random.nextInt(6);
    long gap = 1 + random.nextInt(2_000);
    String name = "seed-" + seed;
    long now = 0;
    // Tokens times the gap, so that the model reckons in whole milliseconds.
    long full = burst * gap;
    long level = full;
    for (int call = 0; call < 200; call++) {
      long pause = random.nextInt(3) == 0 ? random.nextLong(3 * gap) : random.nextLong(gap);
      now += pause;
      level = Math.min(full, level + pause);
      double wait = take(name, gap, burst, now);
      if (level >= gap) {
        assertThat(wait).as("call %s", call).isZero();
        level -= gap;
      } else {
        assertThat(wait).as("call %s", call).isCloseTo((gap - level) / 1e3, within());
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-5);
  }

  private double take(String name, long gapMillis, int burst, long atMillis) {
    OffsetDateTime at =
        OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).plusNanos(atMillis * 1_000_000);
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select take_tokens(?, ?, ?, ?)")
                .params(
                    new String[] {name}, new Double[] {gapMillis / 1e3}, new Integer[] {burst}, at)
                .query(Double.class)
                .single());
  }

  private List<String> names() {
    return workspaces.inWorkspace(
        workspace,
        () -> jdbc.sql("select name from rate_bucket order by name").query(String.class).list());
  }
}
