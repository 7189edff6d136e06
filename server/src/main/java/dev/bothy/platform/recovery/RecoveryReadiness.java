package dev.bothy.platform.recovery;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// A restored database is served when it was prepared.
@Component("recoveryHealthIndicator")
class RecoveryReadiness implements HealthIndicator {
  private final RecoveryState state;

  RecoveryReadiness(RecoveryState state) {
    this.state = state;
  }

  @Override
  public Health health() {
    if (state.isPrepared()) {
      return Health.up().build();
    }
    Health.Builder waits = Health.outOfService();
    state
        .newest()
        .ifPresent(recovery -> {
          waits.withDetail("backup", recovery.backupId());
          String why = recovery.waitsFor();
          waits.withDetail("why", why == null ? "The restored database is being prepared" : why);
        });
    return waits.build();
  }
}
