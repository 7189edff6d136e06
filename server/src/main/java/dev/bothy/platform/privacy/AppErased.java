package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.WorkspaceId;

/// What an app holds is erased from a workspace.
///
/// Published within the transaction that finds no row left, and once more in the one with which the
/// erasure is done: whoever keeps copies, such as the archive of an export, lets go of them.
///
/// @param app its module id, such as `rotations`
public record AppErased(WorkspaceId workspace, String app) {}
