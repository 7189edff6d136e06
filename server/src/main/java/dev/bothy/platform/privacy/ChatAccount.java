package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.ConnectionId;

/// An account of a chat network.
///
/// @param account the network's own id, 1 to 100 characters
public record ChatAccount(ConnectionId connection, String account) {}
