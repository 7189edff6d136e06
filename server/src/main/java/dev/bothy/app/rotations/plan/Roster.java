package dev.bothy.app.rotations.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The people of a layer in the order of their turns.
///
/// Each has a place: a number that only orders, with holes where people left. The turn remembers
/// the person and the place, so that removing somebody, whether before or after the current one,
/// moves nobody's turn.
///
/// @param places each person at most once, by rising place
public record Roster(List<Place> places) {
  /// The most places one layer may have.
  public static final int MOST_PEOPLE = 100;

  public Roster {
    places = places.stream().sorted(Comparator.comparingInt(Place::number)).toList();
    List<Participant> people = people(places);
    if (people.stream().distinct().count() != people.size()
        || places.stream().map(Place::number).distinct().count() != places.size()) {
      throw new IllegalArgumentException("Each person has one place and each place one person");
    }
  }

  /// A place in the order.
  ///
  /// @param person null for a place that is kept empty: in its turn nobody is on duty
  /// @param joinsOn the first day, in the layer's zone, on which a turn of theirs may begin; null
  ///   for no such bound
  /// @param leavesOn the first day on which none may any more; null for no such bound. Whoever is
  ///   on duty then finishes the turn
  public record Place(
      int number,
      @Nullable Participant person,
      @Nullable LocalDate joinsOn,
      @Nullable LocalDate leavesOn) {
    /// A place without bounds.
    public static Place of(int number, Participant person) {
      return new Place(number, person, null, null);
    }

    /// Whether a turn that begins on this day may be theirs.
    boolean servesOn(LocalDate day) {
      return (joinsOn == null || !day.isBefore(joinsOn))
          && (leavesOn == null || day.isBefore(leavesOn));
    }
  }

  /// A roster of these people in this order.
  public static Roster of(List<Participant> people) {
    List<Place> places = new ArrayList<>();
    for (Participant person : people) {
      places.add(Place.of(places.size(), person));
    }
    return new Roster(places);
  }

  /// Everybody, in order.
  public List<Participant> people() {
    return people(places);
  }

  private static List<Participant> people(List<Place> places) {
    return places.stream().map(Place::person).filter(Objects::nonNull).toList();
  }

  /// The places as they follow the given one, each once, round to itself.
  List<Place> inOrderAfter(int number) {
    int next = 0;
    while (next < places.size() && places.get(next).number() <= number) {
      next++;
    }
    List<Place> order = new ArrayList<>(places.size());
    order.addAll(places.subList(next, places.size()));
    order.addAll(places.subList(0, next));
    return order;
  }

  /// The place of this number, if there is one.
  Optional<Place> at(int number) {
    return places.stream().filter(place -> place.number() == number).findFirst();
  }

  /// What becomes of a turn when this roster is replaced by another: the same person, or the same
  /// empty place, goes on, and whoever came next before comes next still. That is so too when the
  /// person has the turn because it was owed to them, at another's place.
  ///
  /// @param person whose turn it is; null when it is nobody's
  /// @param place the place that the order is counted on from
  /// @return that place in the replacement
  public int carryOver(@Nullable Participant person, int place, Roster replacement) {
    Optional<Place> same =
        at(place)
            .filter(own -> Objects.equals(own.person(), person))
            .flatMap(own -> counterpart(own, replacement));
    if (same.isPresent()) {
      return same.get().number();
    }
    return inOrderAfter(place).stream()
        .flatMap(next -> counterpart(next, replacement).stream())
        .findFirst()
        .map(successor -> successor.number() - 1)
        .orElse(Integer.MIN_VALUE);
  }

  /// The place of the same person in another roster; of an empty one the empty one that has as many
  /// before it.
  private Optional<Place> counterpart(Place own, Roster replacement) {
    List<Place> theirs = replacement.placesOf(own.person());
    int index = placesOf(own.person()).indexOf(own);
    return index < theirs.size() ? Optional.of(theirs.get(index)) : Optional.empty();
  }

  private List<Place> placesOf(@Nullable Participant person) {
    return places.stream().filter(place -> Objects.equals(place.person(), person)).toList();
  }
}
