package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// A place that had ended was given back within its grace.
///
/// Published within the transaction that gives it back.
public record MemberReturned(WorkspaceId workspace, PersonId person) {}
