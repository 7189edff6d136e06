package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// The places that wait for people who left the workspace and may be back.
@Service
public class KeptPlaces {
  private final DepartureTable departures;
  private final Workspaces workspaces;

  KeptPlaces(DepartureTable departures, Workspaces workspaces) {
    this.departures = departures;
    this.workspaces = workspaces;
  }

  /// Those of one rotation, who left first comes first.
  public List<Departure> of(WorkspaceId workspace, UUID rotation) {
    return workspaces.inWorkspace(workspace, () -> departures.of(rotation));
  }
}
