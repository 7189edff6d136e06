package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.NamedShift;
import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Participant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shifts with the names that people know, for files that leave Bothy. Called within a transaction
/// of the workspace.
@Component
class NamedShifts {
  private final RotationPeople people;

  NamedShifts(RotationPeople people) {
    this.people = people;
  }

  /// The same shifts in the same order.
  List<NamedShift> of(RotationEntity rotation, List<Shift> shifts) {
    Function<Participant, String> names = people.names(rotation.connection());
    Map<Participant, String> known = new HashMap<>();
    return shifts.stream()
        .map(shift ->
            new NamedShift(
                rotation.id(),
                rotation.name(),
                name(shift.person(), names, known),
                name(shift.instead(), names, known),
                new Assignment(
                    shift.role(),
                    shift.person(),
                    shift.start(),
                    shift.end(),
                    shift.turn(),
                    shift.why(),
                    shift.instead(),
                    null)))
        .toList();
  }

  private static @Nullable String name(
      @Nullable Participant person,
      Function<Participant, String> names,
      Map<Participant, String> known) {
    return person == null ? null : known.computeIfAbsent(person, names);
  }
}
