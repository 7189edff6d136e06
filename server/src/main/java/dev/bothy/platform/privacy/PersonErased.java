package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// What identifies a person is erased from a workspace.
///
/// Published within the transaction that does it: whoever keeps copies of it, such as the archive
/// of an export, lets go of them. Published once more in the transaction with which the erasure is
/// done, for copies that were made while rows still stood there.
public record PersonErased(WorkspaceId workspace, PersonId person) {}
