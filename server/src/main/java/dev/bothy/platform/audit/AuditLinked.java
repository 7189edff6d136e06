package dev.bothy.platform.audit;

import dev.bothy.platform.kernel.WorkspaceId;

/// An entry has its place in the chain of its workspace. Published in the transaction that linked
/// it, once for each entry and in the chain's order; a listener that throws keeps the workspace's
/// entries from being linked.
///
/// @param position from 1
/// @param hash 64 hexadecimal digits
public record AuditLinked(WorkspaceId workspace, AuditEntry entry, long position, String hash) {}
