package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Cursor;
import dev.bothy.app.rotations.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Brings together what decides who is on duty: the layers, the changes, the absences and the
/// holidays. Called within a transaction of the workspace.
@Component
class Plans {
  private final RotationPeople people;

  Plans(RotationPeople people) {
    this.people = people;
  }

  /// The plan from where the rotation stands.
  Plan of(RotationEntity rotation) {
    return of(rotation, rotation.cursors());
  }

  /// The plan from elsewhere.
  Plan of(RotationEntity rotation, Map<UUID, Cursor> cursors) {
    return new Plan(
        rotation.layers(),
        cursors,
        List.of(),
        Map.of(),
        people.gone(rotation.connection(), rotation.people()));
  }
}
