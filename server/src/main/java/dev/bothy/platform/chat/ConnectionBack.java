package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;

/// A connection of the current workspace that had ended works again under the same id. Published
/// within the transaction that does it: whoever let something rest because of the end lets it go
/// on.
public record ConnectionBack(ConnectionId connection) {}
