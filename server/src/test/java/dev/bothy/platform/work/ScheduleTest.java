package dev.bothy.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestClock;
import dev.bothy.testkit.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothyTest
class ScheduleTest {
  @Autowired Schedule schedule;
  @Autowired Workspaces workspaces;
  @Autowired ScheduleWork work;
  @Autowired Lanes lanes;
  @Autowired WorkSettings settings;
  @Autowired TestClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired WorkProbe.Each each;
  @Autowired WorkProbe.Once once;
  @Autowired WorkProbe.Skipping skipping;

  private final UUID subject = UUID.randomUUID();
  private WorkspaceId workspace = new WorkspaceId(subject);
  private Instant due = Instant.EPOCH;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces).id();
    due = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private void set(ScheduleHandler handler, Instant at) {
    workspaces.inWorkspace(workspace, () -> schedule.set(handler.kind(), subject, at));
  }

  @Test
  void workRunsWhenItIsDueByTheInjectedClockAndNotBefore() {
    set(each, due);
    set(once, clock.instant());
    await().untilAsserted(() -> assertThat(once.runs(subject)).hasSize(1));
    assertThat(each.runs(subject)).isEmpty();
    clock.setTo(due);
    await().untilAsserted(() -> assertThat(each.runs(subject)).containsExactly("ran " + due));
  }

  @Test
  void aNewTimeReplacesTheOldOneAndAClearedOneIsForgotten() {
    set(each, due);
    set(each, due.plus(Duration.ofHours(1)));
    set(once, due);
    workspaces.inWorkspace(workspace, () -> schedule.clear(once.kind(), subject));
    clock.setTo(due);
    UUID witness = UUID.randomUUID();
    workspaces.inWorkspace(workspace, () -> schedule.set(each.kind(), witness, due));
    await().untilAsserted(() -> assertThat(each.runs(witness)).hasSize(1));
    assertThat(each.runs(subject)).isEmpty();
    assertThat(once.runs(subject)).isEmpty();
    clock.setTo(due.plus(Duration.ofHours(1)));
    await().untilAsserted(() -> assertThat(each.runs(subject)).hasSize(1));
  }

  @Test
  void aTimeThatIsSetAlreadyStaysWhereOneIsSetOnlyIfThereIsNone() {
    Instant far = Instant.parse("2999-01-01T00:00:00Z");
    UUID other = UUID.randomUUID();
    set(once, far);
    List<Instant> due =
        workspaces.inWorkspace(
            workspace,
            () -> {
              schedule.setIfNone(once.kind(), subject, far.minusSeconds(60));
              schedule.setIfNone(once.kind(), other, far.plusSeconds(60));
              return jdbc.sql("select due_at from scheduled_item order by due_at")
                  .query((row, _) -> row.getObject("due_at", OffsetDateTime.class).toInstant())
                  .list();
            });
    assertThat(due).containsExactly(far, far.plusSeconds(60));
  }

  @Test
  void runEachRunsForEachTimeThatWasMissedInOrder() {
    each.onRun.put(
        subject,
        run ->
            run.dueAt().isBefore(due.plus(Duration.ofHours(3)))
                ? Optional.of(run.dueAt().plus(Duration.ofHours(1)))
                : Optional.empty());
    set(each, due);
    clock.setTo(due.plus(Duration.ofDays(1)));
    await()
        .untilAsserted(() ->
            assertThat(each.runs(subject))
                .isEqualTo(
                    List.of(
                        "ran " + due,
                        "ran " + due.plus(Duration.ofHours(1)),
                        "ran " + due.plus(Duration.ofHours(2)),
                        "ran " + due.plus(Duration.ofHours(3)))));
  }

  @Test
  void runOnceRunsOnceForAllThatWasMissed() {
    once.onRun.put(subject, run -> Optional.of(run.now().plus(Duration.ofHours(1))));
    set(once, due);
    clock.setTo(due.plus(Duration.ofDays(1)));
    await().untilAsserted(() -> assertThat(once.runs(subject)).containsExactly("ran " + due));
    clock.advance(Duration.ofHours(2));
    await().untilAsserted(() -> assertThat(once.runs(subject)).hasSize(2));
  }

  @Test
  void skipDoesNotRunWhatIsTooLate() {
    set(skipping, due);
    clock.setTo(due.plus(Duration.ofMinutes(6)));
    await()
        .untilAsserted(() -> assertThat(skipping.runs(subject)).containsExactly("skipped " + due));
  }

  @Test
  void whatFailsIsTriedAgainUntilItSucceeds() {
    AtomicInteger failures = new AtomicInteger(6);
    each.onRun.put(
        subject,
        _ -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not yet");
          }
          return Optional.empty();
        });
    set(each, clock.instant());
    await().untilAsserted(() -> assertThat(each.runs(subject)).hasSize(7));
  }

  /// Two servers' workers; each of them may have that many lanes in hand at once.
  @Test
  void afterAnOutageAllThatIsDueRunsOnceAndInDueOrderThoughTwoServersCatchUp() throws Exception {
    // -Dcatch-up.rows=100000 for the figure in docs/reference/performance.md
    int size = Integer.getInteger("catch-up.rows", 1_500);
    List<UUID> subjects = Stream.generate(UUID::randomUUID).limit(size).toList();
    java.util.Queue<UUID> order = new ConcurrentLinkedQueue<>();
    workspaces.inWorkspace(
        workspace,
        () -> {
          for (int number = 0; number < size; number++) {
            UUID each = subjects.get(number);
            once.onRun.put(
                each,
                run -> {
                  // What is rolled back, because a lock was waited for too long, did not run.
                  workspaces.afterCommit(() -> order.add(run.subject()));
                  return Optional.empty();
                });
            schedule.set(once.kind(), each, due.plusSeconds(number));
          }
        });
    LaneRunner secondServer = new LaneRunner(work, lanes, settings);
    long begin = System.nanoTime();
    clock.setTo(due.plusSeconds(size));
    secondServer.start();
    try {
      await()
          .atMost(Duration.ofMinutes(20))
          .untilAsserted(() -> assertThat(order.size()).isGreaterThanOrEqualTo(size));
      System.out.printf(
          "%d due rows were caught up with in %d ms.%n",
          size, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    } finally {
      secondServer.stop(Duration.ofSeconds(10));
    }
    List<UUID> ran = List.copyOf(order);
    assertThat(ran).hasSize(size);
    assertThat(Set.copyOf(ran)).isEqualTo(Set.copyOf(subjects));
    int lastOfTheFirst =
        subjects.subList(0, 300).stream().mapToInt(ran::indexOf).max().orElseThrow();
    int firstOfTheLast =
        subjects.subList(size - 300, size).stream().mapToInt(ran::indexOf).min().orElseThrow();
    assertThat(lastOfTheFirst).isLessThan(firstOfTheLast);
  }
}
