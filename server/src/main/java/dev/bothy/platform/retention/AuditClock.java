package dev.bothy.platform.retention;

import dev.bothy.platform.audit.AuditKeeping;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Keeps the audit log for as long as the workspace's clock says. The audit module takes old
/// entries away by itself, since nobody else may.
@Component
class AuditClock implements AuditKeeping {
  private final RetentionSettings settings;

  AuditClock(RetentionSettings settings) {
    this.settings = settings;
  }

  @Override
  public Duration kept() {
    return settings.kept(RetentionClock.AUDIT);
  }
}
