package dev.bothy.platform.chat;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.WorkspaceId;

/// A workspace's connection to a network, without its secrets.
///
/// @param name what the console shows, e.g. the name of the Slack workspace; 1 to 80 characters
/// @param botId the network's id of our own account there; our own messages are never events
public record ChatConnection(
    ConnectionId id, WorkspaceId workspace, Network network, String name, String botId) {}
