package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import java.util.Optional;

/// Says whose commands, actions and forms are not heeded. Asked within the transaction that would
/// handle them, before anything is done.
public interface AccountGate {
  /// What the account is told instead, privately; empty if it may.
  Optional<String> refusal(ConnectionId connection, String account);
}
