package dev.bothy.app.rotations;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.List;

/// Whom to tell of what concerns the workspace.
interface Owners {
  /// The accounts of the workspace's owners at a connection; empty when none is known. Called
  /// within a transaction of the workspace.
  List<String> accounts(ConnectionId connection);
}
