package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.audit.Actor;
import dev.bothy.testkit.BothyTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@BothyTest
class PlanChangesTest {
  /// A Monday, 10:00 in Berlin. Ada is on duty; Grace takes over on Tuesday at 09:00, Katherine on
  /// Wednesday.
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Instant TUESDAY_AT_NINE = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Autowired ApplicationContext server;

  private RotationWorld world;
  private UUID rotation;

  @BeforeEach
  void makeWorld() {
    world = RotationWorld.in(server, NOW);
    world.type("ada", "new Desk daily 09:00 Europe/Berlin <@ada> <@grace> <@katherine>");
    rotation = world.rotation("Desk").id();
  }

  /// Katherine stands in for Grace from 10 to 12 and leaves the network unnoticed; Dorothy is added
  /// from 11 on. Nobody looks until 14:00.
  @Test
  void aShiftThatThePlanWouldNotHaveCutsNoneOfThoseWhoWereAdded() {
    world.chat.knows("dorothy", "Dorothy", true);
    Instant ten = TUESDAY_AT_NINE.plus(HOUR);
    world.away("grace", ten, ten.plus(HOUR.multipliedBy(2)));
    make(new ChangeInput.Add(ten.plus(HOUR), ten.plus(HOUR.multipliedBy(3)), null, "dorothy"));
    world.moveTo(TUESDAY_AT_NINE);
    world.moveTo(ten);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("katherine"));

    world.chat.knows("katherine", "Katherine", false);
    world.moveTo(ten.plus(HOUR.multipliedBy(4)));
    assertThat(history())
        .filteredOn(shift -> shift.start().isAfter(TUESDAY_AT_NINE))
        .extracting(Shift::person, Shift::why, Shift::start, Shift::end)
        .containsExactlyInAnyOrder(
            tuple(new Participant("katherine"), Why.ABSENCE, ten, ten.plus(HOUR.multipliedBy(2))),
            tuple(
                new Participant("dorothy"),
                Why.ADD,
                ten.plus(HOUR),
                ten.plus(HOUR.multipliedBy(3))),
            tuple(
                new Participant("grace"),
                Why.TURN,
                ten.plus(HOUR.multipliedBy(2)),
                TUESDAY_AT_NINE.plus(Duration.ofDays(1))));
  }

  @Test
  void whoIsSetForNowIsOnDutyAtOnceAndThePlanComesBackAfterwards() {
    ChangeOutcome.Done done = make(new ChangeInput.Set(NOW, NOW.plus(HOUR), null, "katherine"));
    assertThat(done.rotation().onDuty()).isEqualTo(new Participant("katherine"));
    assertThat(done.rotation().until()).isEqualTo(NOW.plus(HOUR));
    assertThat(world.chat.channel("C1").getLast().text())
        .contains("<@katherine> is on duty", "Next: Ada");
    assertThat(world.due(Duty.HANDOFF, rotation)).contains(NOW.plus(HOUR));

    world.moveTo(NOW.plus(HOUR));
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("ada"));
    assertThat(history())
        .extracting(Shift::person, Shift::why)
        .containsExactly(
            tuple(new Participant("ada"), Why.TURN),
            tuple(new Participant("katherine"), Why.SET),
            tuple(new Participant("ada"), Why.TURN));
  }

  @Test
  void undoneBeforeItBeginsThePlanIsAsIfItHadNeverBeen() {
    List<Shift> before = coming();
    ChangeOutcome.Done done =
        make(
            new ChangeInput.Replace(
                TUESDAY_AT_NINE, TUESDAY_AT_NINE.plus(Duration.ofDays(1)), null, "grace", "ada"));
    assertThat(coming()).isNotEqualTo(before);
    assertThat(coming().getFirst())
        .satisfies(shift -> {
          assertThat(shift.person()).isEqualTo(new Participant("ada"));
          assertThat(shift.instead()).isEqualTo(new Participant("grace"));
          assertThat(shift.why()).isEqualTo(Why.REPLACE);
        });
    undo(done);
    assertThat(coming()).isEqualTo(before);
    assertThat(world.log()).startsWith("rotations.plan-restored", "rotations.plan-changed");
  }

  @Test
  void undoneWhileItHoldsItEndsNowAndWhatWasStays() {
    ChangeOutcome.Done done =
        make(new ChangeInput.Set(NOW, NOW.plus(Duration.ofHours(4)), null, "katherine"));
    world.moveTo(NOW.plus(HOUR));
    undo(done);
    assertThat(world.rotation("Desk").onDuty()).isEqualTo(new Participant("ada"));
    Shift hers = history().get(1);
    assertThat(hers.person()).isEqualTo(new Participant("katherine"));
    assertThat(Duration.between(hers.start(), hers.end()))
        .isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
  }

  @Test
  void whoseShiftsToComeMovedIsToldWhatMovedAndWhoDidItIsNot() {
    assertThat(
            world.changes.make(
                world.workspace,
                new Actor.Account(world.connection.id(), "ada"),
                rotation,
                new ChangeInput.Replace(
                    TUESDAY_AT_NINE,
                    TUESDAY_AT_NINE.plus(Duration.ofDays(1)),
                    null,
                    "grace",
                    "ada")))
        .isInstanceOf(ChangeOutcome.Done.class);
    assertThat(world.chat.direct("grace").getLast().text())
        .isEqualTo(
            """
            Your shifts in Desk have changed.
            No longer yours: Tue 24 Nov, 09:00 to Wed 25 Nov, 09:00 (Europe/Berlin)\
            """);
    assertThat(world.chat.direct("ada")).hasSize(1);
    assertThat(world.chat.direct("katherine")).isEmpty();
  }

  @Test
  void aTemporaryScheduleMasksTheTurnsWhichGoOnBeneath() {
    Instant wednesday = TUESDAY_AT_NINE.plus(Duration.ofDays(1));
    make(
        new ChangeInput.Temporary(
            TUESDAY_AT_NINE,
            wednesday,
            List.of(
                new ChangeInput.Piece(
                    TUESDAY_AT_NINE, TUESDAY_AT_NINE.plus(HOUR), null, "katherine"))));
    assertThat(coming().subList(0, 2))
        .extracting(Shift::person, Shift::start)
        .containsExactly(
            tuple(new Participant("katherine"), TUESDAY_AT_NINE),
            tuple(new Participant("katherine"), wednesday));
  }

  @ParameterizedTest(name = "{0} to {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-24T09:00:00Z|2026-11-24T08:00:00Z|grace|until|it is not after the begin",
        "2026-11-24T09:00:00Z|2026-11-24T09:00:30Z|grace|until|it is not after the begin",
        "2026-11-20T09:00:00Z|2026-11-21T09:00:00Z|grace|until|it is over already",
        "2026-11-24T09:00:00Z|2028-11-24T09:00:00Z|grace|until|it is too far away",
        "2026-11-24T09:00:00Z|2026-11-25T09:00:00Z|nobody|account|\"nobody\" is nobody here",
      })
  void whatIsWrongIsSaidByFieldAndChangesNothing(
      Instant from, Instant until, String account, String field, String found) {
    List<Shift> before = coming();
    ChangeOutcome outcome =
        world.changes.make(
            world.workspace,
            RotationWorld.somebody(),
            rotation,
            new ChangeInput.Set(from, until, null, account));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeOutcome.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(problem -> {
                      assertThat(problem.field()).isEqualTo(field);
                      assertThat(problem.message()).contains(found);
                    }));
    assertThat(coming()).isEqualTo(before);
    assertThat(world.changes.of(world.workspace, rotation)).isEmpty();
  }

  @Test
  void whatBeginsInThePastBeginsNow() {
    ChangeOutcome.Done done =
        make(
            new ChangeInput.Set(NOW.minus(Duration.ofHours(3)), NOW.plus(HOUR), null, "katherine"));
    assertThat(done.change().change().span().start())
        .isBetween(NOW, NOW.plus(Duration.ofMinutes(1)));
  }

  private ChangeOutcome.Done make(ChangeInput input) {
    return (ChangeOutcome.Done)
        world.changes.make(world.workspace, RotationWorld.somebody(), rotation, input);
  }

  private void undo(ChangeOutcome.Done done) {
    assertThat(
            world.changes.undo(
                world.workspace, RotationWorld.somebody(), rotation, done.change().change().id()))
        .isInstanceOf(ChangeOutcome.Done.class);
  }

  private List<Shift> coming() {
    return world.rotations.coming(world.workspace, rotation, NOW.plus(Duration.ofDays(10)), 100);
  }

  private List<Shift> history() {
    return world.rotations.history(world.workspace, rotation, 100);
  }
}
