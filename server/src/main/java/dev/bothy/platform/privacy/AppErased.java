package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.WorkspaceId;

/// What an app held is erased from a workspace.
///
/// Published like [PersonErased]: once its rows have gone, and once more at the end.
///
/// @param app the app's module id
public record AppErased(WorkspaceId workspace, String app) {}
