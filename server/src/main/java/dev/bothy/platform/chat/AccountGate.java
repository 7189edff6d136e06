package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;

/// Knows of accounts that may do nothing here, though the network lets them. Each is a bean, asked
/// before a feature handles what an account did.
public interface AccountGate {
  /// Called outside of any transaction before an event of this account is handled: the time to ask
  /// the network whose it is. The event waits meanwhile, and is handled whatever comes of it.
  default void met(ChatConnection connection, String account) {}

  /// Why the account may not: a sentence or two for its eyes only, in place of what it asked for.
  /// Empty for one that may. Called within a transaction of the workspace; one query at most.
  Optional<String> refusal(ConnectionId connection, String account);
}
