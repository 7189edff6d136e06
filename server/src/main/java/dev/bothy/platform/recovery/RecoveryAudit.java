package dev.bothy.platform.recovery;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.AuditFilter;
import dev.bothy.platform.audit.AuditHeads;
import dev.bothy.platform.audit.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Says in the audit log of every workspace that the installation was restored, and who let it go
/// on: it concerns them all, and no workspace sees another's log. Called within a transaction of
/// the workspace.
@Component
class RecoveryAudit {
  /// Details: `backup`, and `taken-at`: what came after it is gone; and where a head of this log
  /// was kept since, `lost-position` and `lost-hash`.
  static final String RESTORED = "recovery.restored";

  /// Details: `backup`, and `count`.
  static final String DROPPED = "recovery.dropped";

  /// Details: `backup`, and `by`: `person`, who may be of another workspace, or `command`.
  static final String RELEASED = "recovery.released";

  private static final String KIND = "recovery.recovery";

  private final Audit audit;

  RecoveryAudit(Audit audit) {
    this.audit = audit;
  }

  /// Once, however often it is called.
  ///
  /// @param lost the newest head of the log that the restore left behind
  void restored(Recovery recovery, Optional<AuditHeads.Head> lost) {
    if (has(RESTORED, recovery)) {
      return;
    }
    Map<String, String> details = new HashMap<>();
    details.put("backup", recovery.backupId());
    details.put("taken-at", recovery.backupTakenAt().toString());
    lost.ifPresent(head -> {
      details.put("lost-position", Long.toString(head.position()));
      details.put("lost-hash", head.hash());
    });
    audit.record(new Actor.System(), RESTORED, subject(recovery), details);
  }

  /// Once, however often it is called.
  ///
  /// @param actor the person in their own workspace; Bothy in others, which do not know them
  /// @param by `person` or `command`
  void released(Recovery recovery, Actor actor, String by) {
    if (!has(RELEASED, recovery)) {
      audit.record(
          actor, RELEASED, subject(recovery), Map.of("backup", recovery.backupId(), "by", by));
    }
  }

  /// That what the backup had waiting was given up, as who released it wanted.
  ///
  /// @param count of the workspace
  void dropped(Recovery recovery, long count) {
    audit.record(
        new Actor.System(),
        DROPPED,
        subject(recovery),
        Map.of("backup", recovery.backupId(), "count", Long.toString(count)));
  }

  private boolean has(String action, Recovery recovery) {
    AuditFilter filter = new AuditFilter(null, action, null, recovery.id().toString(), null, null);
    return !audit.page(filter, null, 1).entries().isEmpty();
  }

  private static Subject subject(Recovery recovery) {
    return Subject.of(KIND, recovery.id());
  }
}
