package dev.bothy.platform.retention;

import dev.bothy.platform.audit.AuditKeeping;
import dev.bothy.platform.privacy.RetentionClock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// The audit log has a sweep of its own, which takes away the oldest entries and says so in the
/// chain; it asks here for how long they are kept.
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
