package dev.bothy.platform.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// An entry of the audit log.
///
/// @param action `module.what`, e.g. `rotations.created`
/// @param actorKind `person`, `account` or `system`
/// @param actor the actor's id within its kind; empty for the system
/// @param details ids by name; may be empty
public record AuditEntry(
    UUID id,
    Instant at,
    String actorKind,
    String actor,
    String action,
    Subject subject,
    Map<String, String> details) {}
