package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationInput;
import dev.bothy.app.rotations.plan.Cadence;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/// The form as it was filled in: all text, kept as it is when something is wrong.
///
/// @param people a person on each line, in the order of their turns
/// @param connection the id of the connection it is going to live in
/// @param conversation the network's own id of the conversation
record RotationForm(
    String name,
    String cadence,
    List<String> days,
    String every,
    String unit,
    String time,
    String timeZone,
    String people,
    String connection,
    String conversation) {
  static final String CONNECTION = "connection";
  static final String CONVERSATION = "conversation";

  static RotationForm empty(String connection, String conversation) {
    return new RotationForm(
        "", "daily", List.of(), "", "weeks", "09:00", "UTC", "", connection, conversation);
  }

  static RotationForm of(MultiValueMap<String, String> values) {
    return new RotationForm(
        first(values, RotationInput.NAME),
        first(values, RotationInput.CADENCE),
        values.getOrDefault(RotationInput.DAYS, List.of()),
        first(values, RotationInput.EVERY),
        first(values, RotationInput.UNIT),
        first(values, RotationInput.TIME),
        first(values, RotationInput.TIME_ZONE),
        first(values, RotationInput.PEOPLE),
        first(values, CONNECTION),
        first(values, CONVERSATION));
  }

  /// The form as it would have been filled in for this rotation.
  static RotationForm of(Rotation rotation) {
    Cadence cadence = rotation.times().cadence();
    String every = "";
    String unit = "weeks";
    List<String> days = List.of();
    String word =
        switch (cadence) {
          case Cadence.Daily() -> "daily";
          case Cadence.Weekly _ -> "weekly";
          case Cadence.Custom _ -> "custom";
        };
    if (cadence instanceof Cadence.Weekly(Set<DayOfWeek> weekdays)) {
      days = weekdays.stream().map(RotationForm::word).toList();
    }
    if (cadence instanceof Cadence.Custom(int count, Cadence.Unit counted)) {
      every = Integer.toString(count);
      unit = counted.plural();
      days =
          counted == Cadence.Unit.WEEKS
              ? List.of(word(rotation.times().from().getDayOfWeek()))
              : List.of();
    }
    return new RotationForm(
        rotation.name(),
        word,
        days,
        every,
        unit,
        rotation.times().at().toString(),
        rotation.times().zone().getId(),
        rotation.people().stream()
            .map(person -> person.account())
            .collect(Collectors.joining("\n")),
        rotation.connection().toString(),
        rotation.conversation());
  }

  /// What was typed on each line.
  List<String> lines() {
    return people.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /// @param accounts whom the lines mean
  RotationInput toInput(List<String> accounts) {
    return RotationInput.of(name, cadence, days, every, unit, time, timeZone, accounts);
  }

  private static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String first(MultiValueMap<String, String> values, String field) {
    List<String> all = values.getOrDefault(field, List.of());
    return all.isEmpty() ? "" : all.getFirst();
  }
}
