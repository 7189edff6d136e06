package dev.bothy.platform.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry of the audit log.
///
/// @param action `module.what`, e.g. `rotations.created`
/// @param actorKind `person`, `account` or `system`
/// @param actor the actor's id within its kind; empty for the system
/// @param details ids by name; may be empty
/// @param link where it stands in the workspace's chain; null for the first seconds
public record AuditEntry(
    UUID id,
    Instant at,
    String actorKind,
    String actor,
    Origin origin,
    String action,
    Subject subject,
    Map<String, String> details,
    @Nullable Link link) {
  /// A place in the chain.
  ///
  /// @param position from 1
  /// @param hash SHA-256 of the hash before and the entry, 64 hexadecimal digits
  public record Link(long position, String hash) {}

  AuditEntry linked(Link link) {
    return new AuditEntry(id, at, actorKind, actor, origin, action, subject, details, link);
  }
}
