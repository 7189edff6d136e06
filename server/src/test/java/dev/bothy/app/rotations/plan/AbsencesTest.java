package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.ALL_DAYS;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What absences do to turns. 2026-01-05 is a Monday.
class AbsencesTest {
  private static final String MONDAY = "2026-01-05T09:00:00Z";

  @Test
  void forAQuarterOfTheTurnSomebodyElseServesExactlyThoseHours() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .away(GRACE, "2026-01-06T12:00:00Z", "2026-01-06T18:00:00Z")
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, "2026-01-08T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Tue 06 12:00 grace TURN",
            "Tue 06 12:00 - Tue 06 18:00 katherine ABSENCE for grace",
            "Tue 06 18:00 - Wed 07 09:00 grace TURN",
            "Wed 07 09:00 - Thu 08 09:00 katherine TURN");
  }

  @Test
  void forMoreThePersonIsSkippedAndServesNext() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .away(GRACE, "2026-01-06T12:00:00Z", "2026-01-06T18:00:01Z")
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, "2026-01-10T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 katherine TURN",
            "Wed 07 09:00 - Thu 08 09:00 grace TURN",
            "Thu 08 09:00 - Fri 09 09:00 ada TURN",
            "Fri 09 09:00 - Sat 10 09:00 grace TURN");
  }

  /// Two hours of eight are a quarter; as a part of the whole day they would be less.
  @Test
  void theShareIsOfTheActiveTime() {
    Draft draft = Draft.daily("09:00", "UTC").hours(ALL_DAYS, "09:00", "17:00");
    Plan quarter = draft.away(GRACE, "2026-01-06T15:00:00Z", "2026-01-06T22:00:00Z").from(MONDAY);
    assertThat(people(timeline(quarter, "2026-01-06T09:00:00Z", "2026-01-07T09:00:00Z")))
        .isEqualTo("grace katherine");
    Plan more = draft.away(GRACE, "2026-01-06T14:59:00Z", "2026-01-06T16:00:00Z").from(MONDAY);
    assertThat(people(timeline(more, "2026-01-06T09:00:00Z", "2026-01-07T09:00:00Z")))
        .isEqualTo("katherine");
  }

  @Test
  void anAbsenceOutsideOfTheHoursDoesNothing() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .hours(ALL_DAYS, "09:00", "17:00")
            .away(GRACE, "2026-01-06T17:00:00Z", "2026-01-07T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-08T09:00:00Z")))
        .isEqualTo("ada grace katherine");
  }

  @Test
  void severalWhoAreOwedServeInTheOrderInWhichTheyWereSkipped() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA, GRACE, KATHERINE, Draft.DOROTHY)
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-01-09T09:00:00Z")
            .away(KATHERINE, "2026-01-06T00:00:00Z", "2026-01-08T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-13T09:00:00Z")))
        .as("both are skipped; Katherine is back first; then the order goes on after Dorothy")
        .isEqualTo("ada dorothy ada katherine grace grace katherine dorothy");
    Plan together =
        Draft.daily("09:00", "UTC")
            .of(ADA, GRACE, KATHERINE, Draft.DOROTHY)
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-01-07T09:00:00Z")
            .away(KATHERINE, "2026-01-06T00:00:00Z", "2026-01-07T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(together, MONDAY, "2026-01-11T09:00:00Z")))
        .isEqualTo("ada dorothy grace katherine ada grace");
  }

  @Test
  void whoIsAwayForSeveralRoundsIsOwedOneTurn() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA, GRACE)
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-01-09T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-14T09:00:00Z")))
        .as("what she was owed, then her own")
        .isEqualTo("ada ada ada ada grace grace ada grace ada");
  }

  @Test
  void anAbsenceThatArrivesDuringTheTurnLeavesTheTurnToThePerson() {
    Draft draft = Draft.daily("09:00", "UTC");
    Plan before = draft.from(MONDAY);
    Plan sick =
        draft.away(ADA, "2026-01-05T12:00:00Z", "2026-01-06T00:00:00Z").standing(before.cursors());
    assertThat(lines(timeline(sick, "2026-01-05T12:00:00Z", "2026-01-07T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 12:00 - Tue 06 00:00 grace ABSENCE for ada",
            "Tue 06 00:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 grace TURN");
  }

  @Test
  void whenEverybodyIsAwayNobodyServesAndWhoeverReturnsServesTheRest() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .away(ADA, "2026-01-06T09:00:00Z", "2026-01-09T00:00:00Z")
            .away(GRACE, "2026-01-06T09:00:00Z", "2026-01-09T00:00:00Z")
            .away(KATHERINE, "2026-01-06T09:00:00Z", "2026-01-07T20:00:00Z")
            .from(MONDAY);
    assertThat(lines(timeline(plan, "2026-01-06T00:00:00Z", "2026-01-10T09:00:00Z"), "UTC"))
        .containsExactly(
            "Tue 06 00:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 09:00 - NOBODY",
            "Wed 07 09:00 - Wed 07 20:00 - NOBODY",
            "Wed 07 20:00 - Thu 08 09:00 katherine ABSENCE",
            "Thu 08 09:00 - Fri 09 09:00 katherine TURN",
            "Fri 09 09:00 - Sat 10 09:00 grace TURN");
  }

  /// Nobody's hours are one piece, however many absences end and begin within them.
  @Test
  void nobodysHoursAreOnePiece() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .of(ADA, GRACE)
            .away(ADA, "2026-01-06T20:00:00Z", "2026-01-09T00:00:00Z")
            .away(ADA, "2026-01-06T00:00:00Z", "2026-01-06T12:00:00Z")
            .away(ADA, "2026-01-06T11:00:00Z", "2026-01-06T20:00:00Z")
            .away(GRACE, "2026-01-06T10:00:00Z", "2026-01-06T14:00:00Z")
            .away(GRACE, "2026-01-06T09:00:00Z", "2026-01-06T11:00:00Z")
            .away(GRACE, "2026-01-06T16:00:00Z", "2026-01-09T00:00:00Z")
            .from(MONDAY);
    assertThat(lines(timeline(plan, "2026-01-06T09:00:00Z", "2026-01-07T09:00:00Z"), "UTC"))
        .containsExactly(
            "Tue 06 09:00 - Tue 06 14:00 - NOBODY",
            "Tue 06 14:00 - Tue 06 16:00 grace ABSENCE",
            "Tue 06 16:00 - Wed 07 09:00 - NOBODY");
  }

  @Test
  void oneStandsInForAllTheHoursIfOneCanAndElseSeveral() {
    Draft draft =
        Draft.weekly("09:00", "UTC", DayOfWeek.MONDAY)
            .away(ADA, "2026-01-06T09:00:00Z", "2026-01-06T21:00:00Z")
            .away(GRACE, "2026-01-06T12:00:00Z", "2026-01-06T15:00:00Z");
    assertThat(
            lines(
                timeline(draft.from(MONDAY), "2026-01-06T09:00:00Z", "2026-01-06T21:00:00Z"),
                "UTC"))
        .containsExactly("Tue 06 09:00 - Tue 06 21:00 katherine ABSENCE for ada");
    draft.away(KATHERINE, "2026-01-06T18:00:00Z", "2026-01-06T20:00:00Z");
    assertThat(
            lines(
                timeline(draft.from(MONDAY), "2026-01-06T09:00:00Z", "2026-01-06T21:00:00Z"),
                "UTC"))
        .containsExactly(
            "Tue 06 09:00 - Tue 06 12:00 grace ABSENCE for ada",
            "Tue 06 12:00 - Tue 06 18:00 katherine ABSENCE for ada",
            "Tue 06 18:00 - Tue 06 21:00 grace ABSENCE for ada");
  }

  @Test
  void aLayerThatIgnoresAbsencesTakesNoNotice() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .absences(AbsenceMode.IGNORE)
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-02-06T00:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-08T09:00:00Z")))
        .isEqualTo("ada grace katherine");
  }

  @ParameterizedTest
  @EnumSource(names = {"ASK", "SKIP"})
  void askingPlansAsSkippingDoes(AbsenceMode mode) {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .absences(mode)
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-01-07T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-09T09:00:00Z")))
        .isEqualTo("ada katherine grace ada");
  }

  @Test
  void whoIsAwayWhenThePauseEndsIsOwedTheTurn() {
    Draft draft =
        Draft.daily("09:00", "UTC").away(GRACE, "2026-01-10T00:00:00Z", "2026-01-12T09:00:00Z");
    Cursor paused =
        new Cursor(Instant.parse("2026-01-10T12:00:00Z"), GRACE, 1, List.of(), Map.of());
    Map<UUID, Cursor> begun = Timeline.begin(draft.standing(Map.of(draft.id(), paused)));
    assertThat(
            people(timeline(draft.standing(begun), "2026-01-10T12:00:00Z", "2026-01-15T09:00:00Z")))
        .isEqualTo("katherine ada grace grace katherine");
  }

  /// The place after that of somebody who is skipped has the turn, be it empty.
  @Test
  void anEmptyPlaceHasTheTurnOfWhoeverIsSkippedBeforeIt() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(Place.of(0, ADA), Place.of(1, GRACE), new Place(2, null, null, null))
            .away(GRACE, "2026-01-06T00:00:00Z", "2026-01-07T09:00:00Z")
            .from(MONDAY);
    assertThat(people(timeline(plan, MONDAY, "2026-01-11T09:00:00Z")))
        .isEqualTo("ada - grace ada grace -");
  }

  @Test
  void withEverybodyAwayAnEmptyPlaceIsNotWhyNobodyIsOnDuty() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(Place.of(0, ADA), Place.of(1, GRACE), new Place(2, null, null, null))
            .away(ADA, "2026-01-07T00:00:00Z", "2026-01-09T09:00:00Z")
            .away(GRACE, "2026-01-06T21:00:00Z", "2026-01-09T21:00:00Z")
            .from(MONDAY);
    assertThat(lines(timeline(plan, MONDAY, "2026-01-10T09:00:00Z"), "UTC"))
        .containsExactly(
            "Mon 05 09:00 - Tue 06 09:00 ada TURN",
            "Tue 06 09:00 - Wed 07 00:00 - EMPTY",
            "Wed 07 00:00 - Wed 07 09:00 - NOBODY",
            "Wed 07 09:00 - Thu 08 09:00 - NOBODY",
            "Thu 08 09:00 - Fri 09 09:00 - NOBODY",
            "Fri 09 09:00 - Sat 10 09:00 ada TURN");
  }

  @Test
  void anEmptyPlaceAmongPeopleWhoHaveAllLeftIsNotKeptEmptyByChoice() {
    Plan plan =
        Draft.daily("09:00", "UTC")
            .places(Place.of(0, ADA), new Place(1, null, null, null))
            .gone(ADA)
            .from(MONDAY);
    assertThat(timeline(plan, MONDAY, "2026-01-08T09:00:00Z"))
        .isNotEmpty()
        .allMatch(each -> each.person() == null && each.why() == Why.NOBODY);
  }

  /// Minute by minute, whatever absences there are: nobody is on duty by choice only while somebody
  /// could be.
  @Test
  void anEmptyPlaceIsKeptEmptyOnlyWhileSomebodyIsThere() {
    Random random = new Random(12);
    List<Participant> team = List.of(ADA, GRACE);
    for (int trial = 0; trial < 100; trial++) {
      Draft draft =
          Draft.daily("09:00", "Europe/Berlin")
              .places(Place.of(0, ADA), new Place(1, null, null, null), Place.of(2, GRACE));
      Instant begin = Instant.parse(MONDAY);
      for (int absence = 0; absence < 8; absence++) {
        Instant from = begin.plusSeconds(random.nextInt(20 * 24 * 60) * 60L);
        draft.away(
            team.get(random.nextInt(2)),
            from.toString(),
            from.plusSeconds((1 + random.nextInt(72 * 60)) * 60L).toString());
      }
      Plan plan = draft.from(MONDAY);
      for (Assignment each : timeline(plan, MONDAY, "2026-01-25T09:00:00Z")) {
        for (Instant at = each.start(); at.isBefore(each.end()); at = at.plusSeconds(60)) {
          Instant minute = at;
          boolean somebodyThere =
              team.stream()
                  .anyMatch(person ->
                      plan.away().getOrDefault(person, List.of()).stream()
                          .noneMatch(span -> span.contains(minute)));
          assertThat(each.why() == Why.NOBODY).isEqualTo(!somebodyThere);
        }
      }
    }
  }

  /// Whatever absences there are, nobody serves in one of theirs.
  @Test
  void nobodyServesWhileAway() {
    Random random = new Random(11);
    List<Participant> team = List.of(ADA, GRACE, KATHERINE);
    for (int trial = 0; trial < 200; trial++) {
      Draft draft = Draft.daily("09:00", "Europe/Berlin").on(WORKING_DAYS);
      if (random.nextBoolean()) {
        draft.balanced();
      }
      Instant begin = Instant.parse(MONDAY);
      for (int absence = 0; absence < 12; absence++) {
        Instant from = begin.plusSeconds(random.nextInt(30 * 24) * 3600L);
        draft.away(
            team.get(random.nextInt(3)),
            from.toString(),
            from.plusSeconds((1 + random.nextInt(72)) * 3600L).toString());
      }
      Plan plan = draft.from(MONDAY);
      for (Assignment each : timeline(plan, MONDAY, "2026-02-05T09:00:00Z")) {
        Participant person = each.person();
        if (person != null) {
          assertThat(plan.away().getOrDefault(person, List.of())).noneMatch(each.span()::overlaps);
        } else {
          assertThat(each.why()).isEqualTo(Why.NOBODY);
          assertThat(team)
              .allMatch(any ->
                  plan.away().getOrDefault(any, List.of()).stream()
                      .anyMatch(each.span()::overlaps));
        }
      }
    }
  }
}
