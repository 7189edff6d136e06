package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;

/// An ended connection of the current workspace was removed for good, and its id will not come
/// back. Published within the transaction that does it: whoever keeps what only makes sense with
/// it, such as whose its accounts are, lets go of that. By then the time in the bin is over, or
/// somebody has deleted it at once.
public record ConnectionGone(ConnectionId connection) {}
