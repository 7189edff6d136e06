package dev.bothy.platform.chatlinks;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.ConnectionId;

/// Who acts when an account does, for the audit log.
@FunctionalInterface
public interface ChatActors {
  /// The person whose account it is, where that is known; else the account. Called within a
  /// transaction of the workspace.
  Actor actor(ConnectionId connection, String account);
}
