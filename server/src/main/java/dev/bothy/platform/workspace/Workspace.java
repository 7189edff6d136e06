package dev.bothy.platform.workspace;

import dev.bothy.platform.kernel.WorkspaceId;

/// A tenant, as the console shows it.
///
/// @param slug 2 to 40 of `a-z`, `0-9` and `-`; unique in the installation, part of addresses
/// @param name 1 to 80 characters
public record Workspace(WorkspaceId id, String slug, String name) {}
