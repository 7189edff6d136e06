package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// The workspace's directory has named a member, or their name, user name or e-mail address has
/// become another.
///
/// Published within the transaction of the change.
public record MemberChanged(WorkspaceId workspace, PersonId person) {}
