package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Participant;
import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;

/// As whom somebody who does something takes part at a connection.
interface ActingAccounts {
  /// Empty when they have no account there, or none that is known to be theirs. Called within a
  /// transaction of the workspace.
  Optional<Participant> of(ConnectionId connection, Actor actor);
}
