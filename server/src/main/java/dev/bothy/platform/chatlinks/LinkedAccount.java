package dev.bothy.platform.chatlinks;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.PersonId;

/// An account of a chat network that belongs to a person.
///
/// @param account the network's own id, 1 to 100 characters
public record LinkedAccount(ConnectionId connection, String account, PersonId person) {}
