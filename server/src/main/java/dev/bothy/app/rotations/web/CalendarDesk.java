package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.PlanChange;
import dev.bothy.app.rotations.PlanChanges;
import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Layer;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.WorkspaceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Puts together what the pages show of a rotation's plan.
@Component
class CalendarDesk {
  /// Six weeks of hourly turns of two roles are 2,016.
  private static final int MOST_SHIFTS = 4000;

  private final Rotations rotations;
  private final PlanChanges changes;

  CalendarDesk(Rotations rotations, PlanChanges changes) {
    this.rotations = rotations;
    this.changes = changes;
  }

  /// The rotation's roles, in the order of the layers.
  static List<String> roles(Rotation rotation) {
    return rotation.layers().stream().map(Layer::role).distinct().toList();
  }

  Calendar calendar(WorkspaceId workspace, Rotation rotation, CalendarRange range) {
    List<Shift> shifts =
        rotations.timeline(workspace, rotation.id(), range.from(), range.until(), MOST_SHIFTS);
    return Calendar.of(range, roles(rotation), shifts, names(workspace, rotation, shifts));
  }

  /// The changes that are not over, in the order in which they were made.
  List<ChangeView> changes(WorkspaceId workspace, Rotation rotation) {
    List<PlanChange> found = changes.of(workspace, rotation.id());
    Set<Participant> people = new HashSet<>();
    found.forEach(each -> people.addAll(each.change().people()));
    Map<Participant, String> names = rotations.names(workspace, rotation.connection(), people);
    return found.stream().map(each -> ChangeView.of(each, names, rotation.zone())).toList();
  }

  /// The names of everybody in these shifts.
  Map<Participant, String> names(WorkspaceId workspace, Rotation rotation, List<Shift> shifts) {
    return rotations.names(
        workspace,
        rotation.connection(),
        shifts.stream()
            .<Participant>mapMulti((shift, out) -> {
              Participant person = shift.person();
              if (person != null) {
                out.accept(person);
              }
              Participant instead = shift.instead();
              if (instead != null) {
                out.accept(instead);
              }
            })
            .distinct()
            .toList());
  }

  /// Whom a form offers: the rotation's people by name, or by account where two have one name.
  List<String> offered(WorkspaceId workspace, Rotation rotation) {
    Map<Participant, String> names =
        rotations.names(workspace, rotation.connection(), rotation.people());
    return rotation.people().stream()
        .flatMap(person -> {
          String name = names.getOrDefault(person, person.account());
          boolean once = names.values().stream().filter(name::equals).count() == 1;
          return Stream.of(once ? name : person.account());
        })
        .toList();
  }
}
