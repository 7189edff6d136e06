package dev.bothy.platform.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which entries are wanted; null means any.
///
/// @param module entries whose action starts with this module id
/// @param action exactly this action
/// @param actor the actor's id within its kind
/// @param subjectId the subject's id
/// @param from not before
/// @param until before
public record AuditFilter(
    @Nullable String module,
    @Nullable String action,
    @Nullable String actor,
    @Nullable String subjectId,
    @Nullable Instant from,
    @Nullable Instant until) {
  /// Every entry.
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);
}
