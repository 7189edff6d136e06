package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;

/// A workspace's data keys were destroyed, here or on another server: what was opened with them and
/// is kept in memory must be forgotten. Published outside of any transaction, within about a second
/// of the change, and perhaps more than once.
///
/// @param owner an app's module id, or `platform`
public record KeysDestroyed(WorkspaceId workspace, String owner) {}
