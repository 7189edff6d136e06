package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.LayerInput;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.plan.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.MultiValueMap;

/// A layer of the form as it was filled in: all text, kept as it is when something is wrong.
record LayerForm(
    String role,
    String cadence,
    List<String> days,
    String every,
    String unit,
    String time,
    String timeZone,
    List<String> activeDays,
    String hours,
    String holidays,
    String order,
    String absences,
    List<PersonForm> people) {
  private static final List<String> EVERY_DAY =
      List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  LayerForm {
    days = List.copyOf(days);
    activeDays = List.copyOf(activeDays);
    people = List.copyOf(people);
  }

  /// One to begin with.
  static LayerForm empty(String role, String time, String timeZone) {
    return new LayerForm(
        role,
        "daily",
        List.of(),
        "",
        "weeks",
        time,
        timeZone,
        EVERY_DAY,
        "",
        "",
        "queue",
        "skip",
        List.of(PersonForm.BLANK, PersonForm.BLANK));
  }

  /// @param prefix before the names of its fields
  static LayerForm of(MultiValueMap<String, String> values, String prefix) {
    List<PersonForm> people = new ArrayList<>();
    // One more than allowed is kept, so that it is refused and not dropped.
    for (int at = 0; at <= Roster.MOST_PEOPLE; at++) {
      String person = prefix + "people[" + at + "].";
      if (!values.containsKey(person + "account") && !values.containsKey(person + "empty")) {
        break;
      }
      people.add(
          new PersonForm(
              first(values, person + "account"),
              first(values, person + "joins-on"),
              first(values, person + "leaves-on"),
              values.containsKey(person + "empty")));
    }
    return new LayerForm(
        first(values, prefix + RotationInput.ROLE),
        first(values, prefix + RotationInput.CADENCE),
        values.getOrDefault(prefix + RotationInput.DAYS, List.of()),
        first(values, prefix + RotationInput.EVERY),
        first(values, prefix + RotationInput.UNIT),
        first(values, prefix + RotationInput.TIME),
        first(values, prefix + RotationInput.TIME_ZONE),
        values.getOrDefault(prefix + RotationInput.ACTIVE_DAYS, List.of()),
        first(values, prefix + RotationInput.HOURS),
        first(values, prefix + RotationInput.HOLIDAYS),
        first(values, prefix + RotationInput.ORDER),
        first(values, prefix + RotationInput.ABSENCES),
        people);
  }

  /// @param shown what is shown instead of an account, by account
  static LayerForm of(LayerInput typed, Map<String, String> shown) {
    return new LayerForm(
        typed.role(),
        typed.cadence(),
        typed.days(),
        typed.every(),
        typed.unit().isEmpty() ? "weeks" : typed.unit(),
        typed.time(),
        typed.timeZone(),
        typed.activeDays(),
        typed.hours(),
        typed.holidays(),
        typed.order(),
        typed.absences(),
        typed.people().stream()
            .map(seat ->
                PersonForm.of(
                    new LayerInput.Seat(
                        shown.getOrDefault(seat.account(), seat.account()),
                        seat.joinsOn(),
                        seat.leavesOn())))
            .toList());
  }

  /// With people as they were typed.
  LayerInput toInput() {
    return new LayerInput(
        role,
        cadence,
        days,
        every,
        unit,
        time,
        timeZone,
        activeDays,
        hours,
        holidays,
        order,
        absences,
        people.stream().filter(person -> !person.blank()).map(PersonForm::toInput).toList());
  }

  /// Whether somebody has days and no name.
  boolean namesNobody() {
    return people.stream()
        .anyMatch(person -> !person.empty() && person.account().isBlank() && person.dated());
  }

  /// Whether what is shown under "More" is as in a new form.
  public boolean plain() {
    return (activeDays.isEmpty() || activeDays.size() == EVERY_DAY.size())
        && hours.isBlank()
        && holidays.isBlank()
        && order.equals("queue")
        && absences.equals("skip");
  }

  LayerForm adding(PersonForm person) {
    return withPeople(people -> people.add(person));
  }

  LayerForm without(int person) {
    return withPeople(people -> people.remove(person));
  }

  /// That person one place up.
  LayerForm earlier(int person) {
    return withPeople(people -> people.add(person - 1, people.remove(person)));
  }

  private LayerForm withPeople(Consumer<List<PersonForm>> change) {
    List<PersonForm> changed = new ArrayList<>(people);
    change.accept(changed);
    return new LayerForm(
        role,
        cadence,
        days,
        every,
        unit,
        time,
        timeZone,
        activeDays,
        hours,
        holidays,
        order,
        absences,
        changed);
  }

  private static String first(MultiValueMap<String, String> values, String field) {
    List<String> all = values.getOrDefault(field, List.of());
    return all.isEmpty() ? "" : all.getFirst();
  }
}
