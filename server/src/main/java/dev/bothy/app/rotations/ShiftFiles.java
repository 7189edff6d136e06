package dev.bothy.app.rotations;

import dev.bothy.app.rotations.exchange.NamedShift;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// The shifts of a rotation with the names that people know, for files.
@Service
public class ShiftFiles {
  private final RotationTable rotations;
  private final Foresight foresight;
  private final NamedShifts names;
  private final Workspaces workspaces;

  ShiftFiles(
      RotationTable rotations, Foresight foresight, NamedShifts names, Workspaces workspaces) {
    this.rotations = rotations;
    this.foresight = foresight;
    this.names = names;
    this.workspaces = workspaces;
  }

  /// What [Rotations#timeline] gives; empty for a rotation that is not there or was deleted.
  ///
  /// @param until after `from`
  public Optional<List<NamedShift>> of(
      WorkspaceId workspace, UUID id, Instant from, Instant until) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            rotations
                .byId(id)
                .filter(rotation -> rotation.deletedAt().isEmpty())
                .map(rotation ->
                    names.of(
                        rotation, foresight.timeline(rotation, from, until, Integer.MAX_VALUE))));
  }
}
