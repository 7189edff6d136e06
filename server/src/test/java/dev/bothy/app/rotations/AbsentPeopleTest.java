package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@BothyTest
class AbsentPeopleTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00, Katherine on
  /// Wednesday.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Participant ADA = new Participant("ada");
  private static final Participant GRACE = new Participant("grace");
  private static final Participant KATHERINE = new Participant("katherine");

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
  }

  @Test
  void whoIsAwayForTheirTurnIsSkippedAndServesNextWhenBack() {
    world.away("grace", TUESDAY.minus(Duration.ofHours(8)), TUESDAY.plus(DAY));
    assertThat(coming(4)).extracting(Shift::person).containsExactly(KATHERINE, GRACE, ADA, GRACE);
    assertThat(world.chat.direct("katherine").getLast().text())
        .contains("Now yours: Tue 24 Nov, 09:00");

    world.moveTo(TUESDAY);
    world.moveTo(TUESDAY.plus(DAY));
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(GRACE);
  }

  @Test
  void whoFallsIllTodayIsRelievedAtOnceAndTheirTurnCounts() {
    world.away("ada", NOW.minus(Duration.ofHours(9)), TUESDAY);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(GRACE);
    assertThat(world.chat.channel("C1").getLast().text()).contains("<@grace> is on duty");
    assertThat(world.rotations.history(world.workspace, rotation, 9))
        .extracting(Shift::person, Shift::why, Shift::instead)
        .containsExactly(tuple(GRACE, Why.ABSENCE, ADA), tuple(ADA, Why.TURN, null));
    assertThat(coming(3)).extracting(Shift::person).containsExactly(GRACE, KATHERINE, ADA);
  }

  @Test
  void anAbsenceTakenBackRestoresThePlan() {
    List<Shift> before = coming(6);
    UUID absence = world.away("grace", TUESDAY, TUESDAY.plus(DAY));
    assertThat(coming(6)).isNotEqualTo(before);
    world.back("grace", absence);
    assertThat(coming(6)).isEqualTo(before);
  }

  @Test
  void withEverybodyAwayNobodyIsOnDutyAndNothingStalls() {
    for (String account : List.of("ada", "grace", "katherine")) {
      world.away(account, TUESDAY, TUESDAY.plus(DAY.multipliedBy(2)));
    }
    world.moveTo(TUESDAY);
    assertThat(world.rotation("Desk").onDuty()).isNull();
    assertThat(world.chat.channel("C1").getLast().text()).contains("nobody is on duty");
    world.moveTo(TUESDAY.plus(DAY.multipliedBy(2)));
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(GRACE);
  }

  @Test
  void theRotationsOfAConnectionThatEndedWaitAndGoOnWhenItWorksAgain() {
    world.endConnection();
    world.moveTo(TUESDAY);
    assertThat(world.rotation("Desk").paused()).isTrue();
    world.connectionIsBack();
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(GRACE);
  }

  @Test
  void theRotationsOfAConnectionThatIsGoneGoWithIt() {
    world.type("ada", "delete Desk");
    world.type("ada", "new Other daily 09:00 Europe/Berlin <@ada>");
    world.connectionIsGone();
    assertThat(world.rotations.all(world.workspace)).isEmpty();
    assertThat(world.rotations.deleted(world.workspace)).isEmpty();
    assertThat(world.log()).contains("rotations.erased");
  }

  private List<Shift> coming(int atMost) {
    return world.rotations.coming(
        world.workspace, rotation, NOW.plus(DAY.multipliedBy(20)), atMost);
  }
}
