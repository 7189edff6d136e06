package dev.bothy.app.rotations;

import dev.bothy.app.rotations.RotationInput.Reading;
import dev.bothy.app.rotations.plan.Roster;
import dev.bothy.platform.calendar.HolidayCalendars;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Whether what somebody typed can be a rotation here: well-formed, with a name that is free,
/// people who are there and holiday calendars that exist. Called within a transaction of the
/// workspace.
@Component
class RotationChecks {
  private final RotationTable table;
  private final RotationPeople people;
  private final HolidayCalendars holidays;

  RotationChecks(RotationTable table, RotationPeople people, HolidayCalendars holidays) {
    this.table = table;
    this.people = people;
    this.holidays = holidays;
  }

  /// What an input came to.
  sealed interface Checked {
    record Good(RotationPlan plan) implements Checked {}

    /// @param problems at least one
    record Wrong(List<Problem> problems) implements Checked {}
  }

  /// @param input with people as account ids of the connection
  /// @param itself the rotation that is changed; empty for a new one
  Checked check(ConnectionId connection, RotationInput input, Optional<UUID> itself) {
    List<Problem> problems = new ArrayList<>();
    Reading reading = input.read();
    switch (reading) {
      case Reading.Wrong(List<Problem> found) -> problems.addAll(found);
      case Reading.Plan(RotationPlan plan) -> {
        table
            .byName(plan.name())
            .filter(other -> !itself.equals(Optional.of(other.id())))
            .ifPresent(_ -> problems.add(nameIsTaken(plan.name())));
        checkHolidays(plan, problems);
      }
    }
    int position = 0;
    for (LayerInput layer : input.layers().stream().limit(RotationInput.MOST_LAYERS).toList()) {
      String prefix = RotationInput.prefix(position++);
      layer.accounts().stream()
          .distinct()
          .limit(Roster.MOST_PEOPLE)
          .forEach(account -> personProblem(connection, account, prefix).ifPresent(problems::add));
    }
    if (reading instanceof Reading.Plan(RotationPlan plan) && problems.isEmpty()) {
      return new Checked.Good(plan);
    }
    return new Checked.Wrong(problems);
  }

  private void checkHolidays(RotationPlan plan, List<Problem> problems) {
    int position = 0;
    for (LayerSettings layer : plan.layers()) {
      String prefix = RotationInput.prefix(position++);
      UUID calendar = layer.holidays();
      if (calendar != null && holidays.find(calendar).isEmpty()) {
        problems.add(
            RotationInput.prefixed(
                prefix,
                RotationInput.wrong(
                    RotationInput.HOLIDAYS,
                    "Holidays",
                    "that calendar is not there, or it is in the bin",
                    "one of the workspace's holiday calendars, or none")));
      }
    }
  }

  private Optional<Problem> personProblem(
      ConnectionId connection, String reference, String prefix) {
    return people
        .problem(connection, reference)
        .map(found ->
            RotationInput.prefixed(
                prefix,
                RotationInput.wrong(
                    RotationInput.PEOPLE, "People", found, "people with an active account here")));
  }

  static Problem nameIsTaken(String name) {
    return RotationInput.wrong(
        RotationInput.NAME,
        "Name",
        "there is a rotation named \"" + name + "\" already",
        "a name that no other rotation of this workspace has");
  }
}
