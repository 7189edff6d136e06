package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;

/// A member's place has ended.
///
/// Published within the transaction that ends it. Sessions and tokens that only this place
/// justified are gone by then; each module takes its own part away, and keeps what [MemberReturned]
/// needs.
public record MemberLeft(WorkspaceId workspace, PersonId person) {}
