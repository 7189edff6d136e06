package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// What identifies a person is erased from a workspace.
///
/// Published within the transaction that does it: whoever keeps copies of it, such as the archive
/// of an export, lets go of them. Published once more when the last row about them has gone, for
/// copies that were made in between: twice is as good as once.
public record PersonErased(WorkspaceId workspace, PersonId person) {}
