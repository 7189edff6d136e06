package dev.bothy.app.rotations.web;

import dev.bothy.app.rotations.Rotation;
import dev.bothy.app.rotations.RotationNow;
import dev.bothy.app.rotations.Rotations;
import dev.bothy.app.rotations.Shift;
import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.kernel.WorkspaceId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Who is on duty now in every rotation of a workspace.
@Component
class BoardDesk {
  private final Rotations rotations;

  BoardDesk(Rotations rotations) {
    this.rotations = rotations;
  }

  /// One for each rotation that is not deleted, by name.
  List<BoardView> board(WorkspaceId workspace) {
    return board(workspace, true);
  }

  /// The same for whoever is no member: somebody whose name nobody knows is not named by account.
  List<BoardView> publicBoard(WorkspaceId workspace) {
    return board(workspace, false);
  }

  private List<BoardView> board(WorkspaceId workspace, boolean accounts) {
    Map<UUID, ZoneId> zones = new HashMap<>();
    for (Rotation rotation : rotations.all(workspace)) {
      zones.put(rotation.id(), rotation.zone());
    }
    List<BoardView> board = new ArrayList<>();
    for (RotationNow now : rotations.now(workspace)) {
      Set<Participant> people = new HashSet<>();
      now.duties()
          .forEach(duty -> {
            duty.current().forEach(shift -> add(people, shift));
            duty.next().forEach(shift -> add(people, shift));
          });
      ZoneId zone = zones.get(now.id());
      // One that was made in between is there the next time.
      if (zone != null) {
        Map<Participant, String> names =
            new HashMap<>(rotations.names(workspace, now.connection(), people));
        if (!accounts) {
          names.entrySet().removeIf(named -> named.getValue().equals(named.getKey().account()));
        }
        board.add(BoardView.of(now, zone, names));
      }
    }
    return board;
  }

  private static void add(Set<Participant> people, Shift shift) {
    Participant person = shift.person();
    if (person != null) {
      people.add(person);
    }
  }
}
