package dev.bothy.app.rotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.app.rotations.Roster.Place;
import dev.bothy.app.rotations.Roster.Turn;
import dev.bothy.app.rotations.plan.Participant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Participant ADA = new Participant("ada");
  private static final Participant GRACE = new Participant("grace");
  private static final Participant KATHERINE = new Participant("katherine");
  private static final Participant DOROTHY = new Participant("dorothy");
  private static final Roster FOUR = Roster.of(List.of(ADA, GRACE, KATHERINE, DOROTHY));

  @Test
  void theTurnGoesRound() {
    Turn turn = FOUR.first(person -> true);
    List<Participant> served = new ArrayList<>();
    for (int count = 0; count < 5; count++) {
      served.add(turn.person());
      turn = FOUR.next(turn, person -> true);
    }
    assertThat(served).containsExactly(ADA, GRACE, KATHERINE, DOROTHY, ADA);
  }

  @Test
  void removingSomeoneBeforeTheCurrentPersonMovesNobodysTurn() {
    Turn katherine = new Turn(KATHERINE, 2);
    Roster withoutAda =
        new Roster(List.of(new Place(1, GRACE), new Place(2, KATHERINE), new Place(3, DOROTHY)));
    assertThat(withoutAda.next(katherine, person -> true).person()).isEqualTo(DOROTHY);
  }

  @Test
  void removingTheCurrentPersonHandsTheTurnToWhoeverCameNext() {
    Roster replacement = Roster.of(List.of(ADA, GRACE, DOROTHY));
    Turn carried = FOUR.carryOver(new Turn(KATHERINE, 2), replacement);
    assertThat(carried.person()).as("stays until the hand-off").isEqualTo(KATHERINE);
    assertThat(replacement.next(carried, person -> true).person()).isEqualTo(DOROTHY);
  }

  @Test
  void removingTheLastPersonOfTheOrderGoesOnFromTheTop() {
    Roster replacement = Roster.of(List.of(ADA, GRACE));
    Turn carried = FOUR.carryOver(new Turn(DOROTHY, 3), replacement);
    assertThat(replacement.next(carried, person -> true).person()).isEqualTo(ADA);
  }

  @Test
  void aNewOrderKeepsTheCurrentPerson() {
    Roster replacement = Roster.of(List.of(DOROTHY, KATHERINE, GRACE, ADA));
    Turn carried = FOUR.carryOver(new Turn(GRACE, 1), replacement);
    assertThat(carried).isEqualTo(new Turn(GRACE, 2));
    assertThat(replacement.next(carried, person -> true).person()).isEqualTo(ADA);
  }

  @Test
  void aRosterOfOnlyNewPeopleBeginsAtItsTop() {
    Roster replacement = Roster.of(List.of(KATHERINE, DOROTHY));
    Turn carried = Roster.of(List.of(ADA, GRACE)).carryOver(new Turn(GRACE, 1), replacement);
    assertThat(replacement.next(carried, person -> true).person()).isEqualTo(KATHERINE);
  }

  @Test
  void someoneWhoLeftIsSkippedAndKeepsThePlace() {
    Turn ada = new Turn(ADA, 0);
    Turn skipped = FOUR.next(ada, person -> !person.equals(GRACE));
    assertThat(skipped.person()).isEqualTo(KATHERINE);
    Turn nextRound = FOUR.next(FOUR.next(skipped, person -> true), person -> true);
    assertThat(nextRound.person()).isEqualTo(ADA);
    assertThat(FOUR.next(nextRound, person -> true).person()).isEqualTo(GRACE);
  }

  @Test
  void withEverybodyAwayNobodyIsOnDutyAndTheTurnWaits() {
    Turn nobody = FOUR.next(new Turn(GRACE, 1), person -> false);
    assertThat(nobody).isEqualTo(new Turn(null, 1));
    assertThat(FOUR.next(nobody, person -> true).person()).isEqualTo(KATHERINE);
  }

  @Test
  void theOnlyPersonAvailableGoesOn() {
    assertThat(FOUR.next(new Turn(GRACE, 1), GRACE::equals)).isEqualTo(new Turn(GRACE, 1));
  }

  @Test
  void nobodyHasTwoPlaces() {
    assertThatThrownBy(() -> Roster.of(List.of(ADA, GRACE, ADA)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Random rosters, absences and removals: everybody available serves exactly once in each round,
  /// and a removal of somebody else never changes who is next.
  @Test
  void everybodyServesOnceInARoundAndARemovalChangesNobodyElse() {
    Random random = new Random(7);
    for (int trial = 0; trial < 2_000; trial++) {
      List<Participant> people = new ArrayList<>();
      for (int number = 0; number < 1 + random.nextInt(12); number++) {
        people.add(new Participant("p" + number));
      }
      Roster roster = Roster.of(people);
      Set<Participant> away = new HashSet<>();
      people.forEach(person -> {
        if (random.nextInt(3) == 0) {
          away.add(person);
        }
      });
      Turn start = roster.first(person -> true);
      for (int count = 0; count < random.nextInt(12); count++) {
        start = roster.next(start, person -> true);
      }
      List<Participant> served = new ArrayList<>();
      Turn turn = start;
      for (int count = 0; count < people.size() - away.size(); count++) {
        turn = roster.next(turn, person -> !away.contains(person));
        served.add(turn.person());
      }
      assertThat(served).doesNotHaveDuplicates().noneMatch(away::contains);

      Participant next = roster.next(start, person -> true).person();
      Participant removed = people.get(random.nextInt(people.size()));
      List<Participant> rest = people.stream().filter(person -> !person.equals(removed)).toList();
      if (!removed.equals(next) && !rest.isEmpty()) {
        Roster replacement = Roster.of(rest);
        Turn carried = roster.carryOver(start, replacement);
        assertThat(replacement.next(carried, person -> true).person()).isEqualTo(next);
      }
    }
  }
}
