package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// The grace of a place that had ended is over.
///
/// Published within the transaction that removes its row: what was kept for its return goes too.
public record MemberGone(WorkspaceId workspace, PersonId person) {}
