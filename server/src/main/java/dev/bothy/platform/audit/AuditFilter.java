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
/// @param actorKind `person`, `account` or `system`
public record AuditFilter(
    @Nullable String module,
    @Nullable String action,
    @Nullable String actor,
    @Nullable String subjectId,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String actorKind) {
  /// Every entry.
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);

  /// For any kind of actor.
  public AuditFilter(
      @Nullable String module,
      @Nullable String action,
      @Nullable String actor,
      @Nullable String subjectId,
      @Nullable Instant from,
      @Nullable Instant until) {
    this(module, action, actor, subjectId, from, until, null);
  }
}
