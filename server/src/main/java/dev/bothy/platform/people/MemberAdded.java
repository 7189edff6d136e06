package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// Somebody who had no place in the workspace got one.
///
/// Published within the transaction that gives it.
public record MemberAdded(WorkspaceId workspace, PersonId person) {}
