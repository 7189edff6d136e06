package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.OptimisticLockingFailureException;

/// Two transactions on one rotation at once: whoever commits second has read what is no longer so.
@BothyTest
class SameMomentTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Autowired ApplicationContext server;
  @Autowired RotationTable table;
  @Autowired Workspaces workspaces;

  private final AtomicInteger attempts = new AtomicInteger();
  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
  }

  @Test
  void anAbsenceThatComesWhileTheTurnIsHandedOnIsNotLost() {
    world.away(
        "grace",
        TUESDAY,
        TUESDAY.plus(Duration.ofHours(5)),
        () -> firstTime(() -> world.moveTo(TUESDAY)));
    assertThat(attempts).hasValue(2);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("katherine"));
    assertThat(world.rotations.history(world.workspace, rotation, 9))
        .extracting(Shift::why)
        .containsExactly(Why.ABSENCE, Why.TURN, Why.TURN);
    assertThat(world.log().stream().filter("rotations.handed-over"::equals)).hasSize(2);
  }

  @Test
  void anEditWhileTheTurnIsHandedOnIsMadeOnWhatIsThereThen() {
    workspaces.inWorkspace(
        world.workspace,
        () -> {
          RotationEntity found = table.byId(rotation).orElseThrow();
          firstTime(() -> world.moveTo(TUESDAY));
          found.leave(found.layers().getFirst().id(), new Participant("katherine"));
        });
    assertThat(attempts).hasValue(2);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("grace"));
    assertThat(
            world.rotations.timeline(
                world.workspace, rotation, TUESDAY, TUESDAY.plus(DAY.multipliedBy(3)), 9))
        .extracting(Shift::person)
        .containsExactly(
            new Participant("grace"), new Participant("ada"), new Participant("grace"));
  }

  @Test
  void whatOthersKeepGettingAheadOfEndsAsAConflict() {
    assertThatThrownBy(() ->
            workspaces.inWorkspace(
                world.workspace,
                () -> {
                  RotationEntity found = table.byId(rotation).orElseThrow();
                  attempts.incrementAndGet();
                  elsewhere(() -> {
                    world.rotations.pause(world.workspace, new Actor.System(), rotation);
                    world.rotations.resume(world.workspace, new Actor.System(), rotation);
                  });
                  found.cardIs(UUID.randomUUID());
                }))
        .isInstanceOf(OptimisticLockingFailureException.class);
    assertThat(attempts).hasValue(4);
  }

  private void firstTime(Runnable meanwhile) {
    if (attempts.incrementAndGet() == 1) {
      elsewhere(meanwhile);
    }
  }

  /// In a transaction of its own on another thread, which has committed when this returns.
  private static void elsewhere(Runnable work) {
    CompletableFuture.runAsync(work).orTimeout(60, TimeUnit.SECONDS).join();
  }
}
