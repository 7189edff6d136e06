package dev.bothy.app.rotations.plan;

import static dev.bothy.app.rotations.plan.Draft.ADA;
import static dev.bothy.app.rotations.plan.Draft.DOROTHY;
import static dev.bothy.app.rotations.plan.Draft.GRACE;
import static dev.bothy.app.rotations.plan.Draft.KATHERINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.app.rotations.plan.Roster.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Roster FOUR = Roster.of(List.of(ADA, GRACE, KATHERINE, DOROTHY));

  @Test
  void theOrderGoesRound() {
    assertThat(nextOf(FOUR, 0)).isEqualTo(GRACE);
    assertThat(nextOf(FOUR, 3)).isEqualTo(ADA);
    assertThat(nextOf(FOUR, Integer.MIN_VALUE)).isEqualTo(ADA);
    assertThat(FOUR.inOrderAfter(1))
        .extracting(Place::person)
        .containsExactly(KATHERINE, DOROTHY, ADA, GRACE);
  }

  @Test
  void nobodyHasTwoPlacesAndNoPlaceTwoPeople() {
    assertThatThrownBy(() -> Roster.of(List.of(ADA, GRACE, ADA)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Roster(List.of(Place.of(1, ADA), Place.of(1, GRACE))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalPlacesMayBeEmpty() {
    Roster roster = new Roster(List.of(empty(2), Place.of(1, ADA), empty(0)));
    assertThat(roster.people()).containsExactly(ADA);
    assertThat(roster.places()).extracting(Place::number).containsExactly(0, 1, 2);
  }

  @Test
  void whoJoinsOrLeavesServesFromTheFirstDayAndUntilTheLast() {
    LocalDate first = LocalDate.of(2026, 1, 5);
    LocalDate last = LocalDate.of(2026, 1, 9);
    Place place = new Place(0, ADA, first, last);
    assertThat(place.servesOn(first.minusDays(1))).isFalse();
    assertThat(place.servesOn(first)).isTrue();
    assertThat(place.servesOn(last.minusDays(1))).isTrue();
    assertThat(place.servesOn(last)).isFalse();
  }

  @Test
  void removingSomeoneWhoIsNotOnDutyMovesNobodysTurn() {
    int carried = FOUR.carryOver(KATHERINE, 2, Roster.of(List.of(GRACE, KATHERINE, DOROTHY)));
    assertThat(nextOf(Roster.of(List.of(GRACE, KATHERINE, DOROTHY)), carried)).isEqualTo(DOROTHY);
  }

  @Test
  void removingTheCurrentPersonHandsTheTurnToWhoeverCameNext() {
    Roster replacement = Roster.of(List.of(ADA, GRACE, DOROTHY));
    assertThat(nextOf(replacement, FOUR.carryOver(KATHERINE, 2, replacement))).isEqualTo(DOROTHY);
  }

  @Test
  void removingTheLastPersonOfTheOrderGoesOnFromTheTop() {
    Roster replacement = Roster.of(List.of(ADA, GRACE));
    assertThat(nextOf(replacement, FOUR.carryOver(DOROTHY, 3, replacement))).isEqualTo(ADA);
  }

  @Test
  void aNewOrderKeepsTheCurrentPerson() {
    Roster replacement = Roster.of(List.of(DOROTHY, KATHERINE, GRACE, ADA));
    int carried = FOUR.carryOver(GRACE, 1, replacement);
    assertThat(carried).isEqualTo(2);
    assertThat(nextOf(replacement, carried)).isEqualTo(ADA);
  }

  @Test
  void aRosterOfOnlyNewPeopleBeginsAtItsTop() {
    Roster replacement = Roster.of(List.of(KATHERINE, DOROTHY));
    int carried = Roster.of(List.of(ADA, GRACE)).carryOver(GRACE, 1, replacement);
    assertThat(nextOf(replacement, carried)).isEqualTo(KATHERINE);
  }

  /// Grace was skipped, Katherine served, and now Grace serves what she was owed: Dorothy is next
  /// whatever is saved meanwhile.
  @Test
  void aTurnThatWasOwedMovesTheOrderNowhere() {
    assertThat(nextOf(FOUR, FOUR.carryOver(GRACE, 2, FOUR))).isEqualTo(DOROTHY);
    Roster replacement = Roster.of(List.of(GRACE, DOROTHY, ADA));
    assertThat(nextOf(replacement, FOUR.carryOver(GRACE, 2, replacement))).isEqualTo(DOROTHY);
  }

  @Test
  void theTurnOfAnEmptyPlaceGoesOnInTheReplacement() {
    Roster before = new Roster(List.of(Place.of(0, ADA), empty(1), Place.of(2, GRACE)));
    Roster after = new Roster(List.of(Place.of(0, KATHERINE), Place.of(1, GRACE), empty(2)));
    assertThat(before.carryOver(null, 1, before)).isEqualTo(1);
    assertThat(before.carryOver(null, 1, after)).isEqualTo(2);
  }

  @Test
  void anEmptyPlaceThatCameNextComesNextStill() {
    Roster before = new Roster(List.of(Place.of(0, ADA), empty(1), Place.of(2, GRACE)));
    Roster after = new Roster(List.of(empty(0), Place.of(1, GRACE)));
    assertThat(nextOf(after, before.carryOver(ADA, 0, after))).as("the empty place").isNull();
  }

  @Test
  void aNobodysTurnKeepsWhoeverCameNext() {
    assertThat(nextOf(FOUR, FOUR.carryOver(null, 1, FOUR))).isEqualTo(KATHERINE);
    Roster reversed = Roster.of(List.of(DOROTHY, KATHERINE, GRACE, ADA));
    assertThat(nextOf(reversed, FOUR.carryOver(null, 1, reversed))).isEqualTo(KATHERINE);
  }

  /// Random rosters and removals: the removal of somebody else never changes who is next.
  @Test
  void aRemovalChangesNobodyElsesTurn() {
    Random random = new Random(7);
    for (int trial = 0; trial < 2_000; trial++) {
      List<Participant> people = new ArrayList<>();
      int size = 2 + random.nextInt(12);
      for (int number = 0; number < size; number++) {
        people.add(new Participant("p" + number));
      }
      Roster roster = Roster.of(people);
      int place = random.nextInt(size);
      Participant next = nextOf(roster, place);
      Participant removed = people.get(random.nextInt(size));
      List<Participant> rest = people.stream().filter(person -> !person.equals(removed)).toList();
      if (!removed.equals(next)) {
        Roster replacement = Roster.of(rest);
        int carried = roster.carryOver(people.get(place), place, replacement);
        assertThat(nextOf(replacement, carried)).isEqualTo(next);
      }
    }
  }

  private static Place empty(int number) {
    return new Place(number, null, null, null);
  }

  private static @Nullable Participant nextOf(Roster roster, int place) {
    return roster.inOrderAfter(place).getFirst().person();
  }
}
