package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static dev.bothy.app.rotations.plan.Draft.WORKING_DAYS;
import static dev.bothy.app.rotations.plan.Draft.lines;
import static dev.bothy.app.rotations.plan.Draft.people;
import static dev.bothy.app.rotations.plan.Draft.timeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.app.rotations.plan.Roster.Place;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whose turn it is. 2026-01-05 is a Monday.
class TurnsTest {
  @Test
  void theTurnGoesRound() {
    Plan plan = Draft.daily("09:00", "Europe/Berlin").from("2026-01-05T10:00:00Z");
    assertThat(
            lines(timeline(plan, "2026-01-05T10:00:00Z", "2026-01-08T12:00:00Z"), "Europe/Berlin"))
        .containsExactly(
            "Mon 05 11:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN",
            "Wed 07 09:00 - Thu 08 09:00 katherine TURN",
            "Thu 08 09:00 - Thu 08 13:00 ada TURN");
  }

  /// What others get wrong: where the turn advances on free days too, four of fourteen people never
  /// serve.
  @Test
  void aDailyRotationOverWorkingDaysAdvancesOnlyOnThem() {
    List<Participant> fourteen =
        IntStream.range(0, 14).mapToObj(number -> new Participant("p" + number)).toList();
    Plan plan =
        Draft.daily("09:00", "UTC")
            .roster(Roster.of(fourteen))
            .on(WORKING_DAYS)
            .from("2026-01-05T09:00:00Z");
    List<Assignment> year = timeline(plan, "2026-01-05T09:00:00Z", "2027-01-04T09:00:00Z");
    assertThat(year).hasSize(52 * 5);
    for (int turn = 0; turn < year.size(); turn++) {
      assertThat(year.get(turn).person()).isEqualTo(fourteen.get(turn % 14));
    }
  }

  @Test
  void beginningOnAFreeDayTakesNobodysTurn() {
    Plan plan = Draft.daily("09:00", "UTC").on(WORKING_DAYS).from("2026-01-03T12:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-03T12:00:00Z", "2026-01-07T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN", "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  /// Grace's turn was cut by a pause that ends on a Saturday: the next is hers.
  @Test
  void goingOnOnAFreeDayTakesNobodysTurnEither() {
    Draft draft = Draft.daily("09:00", "UTC").on(WORKING_DAYS);
    Plan plan = goingOn(draft, GRACE, 1, List.of(), "2026-01-10T12:00:00Z");
    assertThat(people(timeline(plan, "2026-01-10T12:00:00Z", "2026-01-15T09:00:00Z")))
        .isEqualTo("grace katherine ada");
  }

  @Test
  void goingOnAfterAPauseThePersonHasTheTurnAgain() {
    Plan plan = goingOn(Draft.daily("09:00", "UTC"), GRACE, 1, List.of(), "2026-01-10T12:00:00Z");
    assertThat(people(timeline(plan, "2026-01-10T12:00:00Z", "2026-01-13T09:00:00Z")))
        .isEqualTo("grace katherine ada");
  }

  @Test
  void whoIsNotThereAnyMoreAfterAPauseIsPassedOver() {
    Draft draft = Draft.daily("09:00", "UTC").gone(GRACE);
    Plan plan = goingOn(draft, GRACE, 1, List.of(), "2026-01-10T12:00:00Z");
    assertThat(people(timeline(plan, "2026-01-10T12:00:00Z", "2026-01-13T09:00:00Z")))
        .isEqualTo("katherine ada katherine");
  }

  @Test
  void aWholeHolidayWeekTakesNobodysTurn() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .on(WORKING_DAYS)
            .holidays("2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15", "2026-01-16")
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-02-01T00:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Sat 10 09:00 ada TURN",
            "Mon 19 09:00 - Sat 24 09:00 grace TURN",
            "Mon 26 09:00 - Sat 31 09:00 katherine TURN");
  }

  @Test
  void aMonthlyTurnFromThe31stGoesToTheLastDayOfShorterMonths() {
    Plan plan =
        Draft.every(1, Cadence.Unit.MONTHS, "2026-01-31T09:00", "UTC").from("2026-01-31T09:00:00Z");
    assertThat(timeline(plan, "2026-01-31T09:00:00Z", "2026-06-01T00:00:00Z"))
        .extracting(each -> each.start().toString().substring(0, 10))
        .containsExactly("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31");
  }

  @Test
  void aWeekIsSplitIntoFourAndThreeDays() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY, DayOfWeek.FRIDAY)
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-16T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Fri 09 09:00 ada TURN",
            "Fri 09 09:00 - Mon 12 09:00 grace TURN",
            "Mon 12 09:00 - Fri 16 09:00 katherine TURN");
  }

  @Test
  void inTheTurnOfAnEmptyPlaceNobodyServesOnPurpose() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(Place.of(0, ADA), empty(1), Place.of(2, GRACE))
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-09T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 - EMPTY",
            "Wed 07 09:00 - Thu 08 09:00 grace TURN",
            "Thu 08 09:00 - Fri 09 09:00 ada TURN");
  }

  @Test
  void peopleJoinAndLeaveByDate() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(
                Place.of(0, ADA),
                new Place(1, GRACE, null, LocalDate.of(2026, 1, 9)),
                new Place(2, KATHERINE, LocalDate.of(2026, 1, 8), null))
            .from("2026-01-05T09:00:00Z");
    assertThat(people(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-14T09:00:00Z")))
        .as("Monday to the Tuesday after next")
        .isEqualTo("ada grace ada grace katherine ada katherine ada katherine");
  }

  /// The day counts where the layer is: in Auckland it is the 8th while it is the 7th in UTC.
  @Test
  void joiningGoesByTheDayOfTheLayersZone() {
    Plan plan =
        Draft.daily("09:00", "Pacific/Auckland")
            .places(Place.of(0, ADA), new Place(1, GRACE, LocalDate.of(2026, 1, 8), null))
            .from("2026-01-06T20:00:00Z");
    assertThat(people(timeline(plan, "2026-01-06T20:00:00Z", "2026-01-08T20:00:00Z")))
        .isEqualTo("ada grace");
  }

  @Test
  void whoLeavesByDateFinishesTheTurn() {
    Plan plan =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .places(new Place(0, ADA, null, LocalDate.of(2026, 1, 6)), Place.of(1, GRACE))
            .from("2026-01-05T09:00:00Z");
    assertThat(lines(timeline(plan, "2026-01-05T09:00:00Z", "2026-01-19T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Mon 12 09:00 ada TURN", "Mon 12 09:00 - Mon 19 09:00 grace TURN");
  }

  @Test
  void whoseAccountIsNotActiveKeepsThePlace() {
    Draft draft = Draft.daily("09:00", "UTC").of(ADA, GRACE, KATHERINE, DOROTHY);
    Plan before = draft.from("2026-01-05T09:00:00Z");
    Plan without = draft.gone(GRACE).standing(before.cursors());
    assertThat(people(timeline(without, "2026-01-05T09:00:00Z", "2026-01-09T09:00:00Z")))
        .isEqualTo("ada katherine dorothy ada");
    Map<UUID, Cursor> thursday = Timeline.advance(without, Instant.parse("2026-01-08T09:00:00Z"));
    Plan backAgain = new Plan(without.layers(), thursday, List.of(), Map.of(), Set.of());
    assertThat(people(timeline(backAgain, "2026-01-08T09:00:00Z", "2026-01-11T09:00:00Z")))
        .as("nothing is owed: she serves when the order reaches her")
        .isEqualTo("ada grace katherine");
  }

  @Test
  void withEveryAccountGoneNobodyIsOnDutyAndTheOrderWaits() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan before = draft.from("2026-01-05T09:00:00Z");
    Plan nobody = draft.gone(ADA).gone(GRACE).gone(KATHERINE).standing(before.cursors());
    assertThat(lines(timeline(nobody, "2026-01-06T09:00:00Z", "2026-01-08T09:00:00Z"), "UTC"))
        .containsExactly(
            "Tue 06 09:00 - Wed 07 09:00 - NOBODY", "Wed 07 09:00 - Thu 08 09:00 - NOBODY");
    Cursor thursday =
        Timeline.advance(nobody, Instant.parse("2026-01-08T09:00:00Z")).get(draft.id());
    assertThat(thursday).extracting(Cursor::person, Cursor::place).containsExactly(null, 0);
  }

  @Test
  void theTurnOfALeaverIsHandedOnAtOnceAndTheRestIsTheTurnOfTheNext() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan before = draft.from("2026-01-05T09:00:00Z");
    draft.places(Place.of(1, GRACE), Place.of(2, KATHERINE));
    Map<UUID, Cursor> after = Timeline.withoutLeavers(draft.standing(before.cursors()));
    assertThat(
            lines(
                timeline(draft.standing(after), "2026-01-05T15:00:00Z", "2026-01-07T09:00:00Z"),
                "UTC"))
        .containsExactly(
            "Mon 05 15:00 - Tue 06 09:00 grace TURN", "Tue 06 09:00 - Wed 07 09:00 katherine TURN");
  }

  /// A holiday that is entered for today leaves nothing of the turn to hand on.
  @Test
  void aLeaversTurnWithoutActiveTimeTakesNobodysTurn() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan before = draft.from("2026-01-05T09:00:00Z");
    draft.places(Place.of(1, GRACE), Place.of(2, KATHERINE)).holidays("2026-01-05");
    Map<UUID, Cursor> after = Timeline.withoutLeavers(draft.standing(before.cursors()));
    assertThat(
            people(timeline(draft.standing(after), "2026-01-05T15:00:00Z", "2026-01-07T09:00:00Z")))
        .isEqualTo("grace");
  }

  private static Plan goingOn(
      Draft draft, @Nullable Participant last, int place, List<Participant> owed, String at) {
    Cursor cursor = new Cursor(Instant.parse(at), last, place, owed, Map.of());
    return draft.standing(
        Timeline.begin(draft.standing(new HashMap<>(Map.of(draft.id(), cursor)))));
  }

  private static Place empty(int number) {
    return new Place(number, null, null, null);
  }
}
