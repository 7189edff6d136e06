package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The people of a rotation in the order of their turns.
///
/// ## Places
///
/// Each person has a place: a number that only orders, with holes where people left. The turn
/// remembers the person and the place, so that removing somebody, whether before or after the
/// current one, moves nobody's turn.
///
/// ## Who is skipped
///
/// A person who is not available when the turn comes round (their account is inactive) is passed
/// over and keeps the place: back again, they serve when the order reaches them, neither sooner nor
/// later than if they had never been away. If nobody is available, nobody is on duty; the turn
/// waits where it was, and each hand-off tries again.
///
/// @param places each person once, by rising place
record Roster(List<Place> places) {
  /// The most people one rotation may have.
  static final int MOST_PEOPLE = 100;

  Roster {
    places = places.stream().sorted(Comparator.comparingInt(Place::number)).toList();
    if (places.stream().map(Place::person).distinct().count() != places.size()
        || places.stream().map(Place::number).distinct().count() != places.size()) {
      throw new IllegalArgumentException("Each person has one place and each place one person");
    }
  }

  /// A person's place in the order.
  record Place(int number, Participant person) {}

  /// Whose turn it is, or was last.
  ///
  /// @param person null when nobody is on duty
  /// @param place the place that the order is counted on from
  record Turn(@Nullable Participant person, int place) {}

  /// A roster of these people in this order.
  static Roster of(List<Participant> people) {
    List<Place> places = new ArrayList<>();
    for (Participant person : people) {
      places.add(new Place(places.size(), person));
    }
    return new Roster(places);
  }

  List<Participant> people() {
    return places.stream().map(Place::person).toList();
  }

  /// The turn of the first available person: how a rotation begins.
  Turn first(Predicate<Participant> available) {
    return next(new Turn(null, Integer.MIN_VALUE), available);
  }

  /// The turn after this one. The same person goes on if nobody else is available.
  Turn next(Turn turn, Predicate<Participant> available) {
    return inOrderAfter(turn.place()).stream()
        .filter(place -> available.test(place.person()))
        .findFirst()
        .map(place -> new Turn(place.person(), place.number()))
        .orElse(new Turn(null, turn.place()));
  }

  /// The places as they follow the given one, each once, round to itself.
  private List<Place> inOrderAfter(int number) {
    List<Place> order = new ArrayList<>();
    places.stream().filter(place -> place.number() > number).forEach(order::add);
    places.stream().filter(place -> place.number() <= number).forEach(order::add);
    return order;
  }

  /// What becomes of the turn when this roster is replaced by another: the same person goes on, and
  /// whoever of the new roster came next before comes next still.
  Turn carryOver(Turn turn, Roster replacement) {
    Optional<Place> same = replacement.placeOf(turn.person());
    if (same.isPresent()) {
      return new Turn(turn.person(), same.get().number());
    }
    return inOrderAfter(turn.place()).stream()
        .flatMap(place -> replacement.placeOf(place.person()).stream())
        .findFirst()
        .map(successor -> new Turn(turn.person(), successor.number() - 1))
        .orElse(new Turn(turn.person(), Integer.MIN_VALUE));
  }

  private Optional<Place> placeOf(@Nullable Participant person) {
    return places.stream().filter(place -> place.person().equals(person)).findFirst();
  }
}
