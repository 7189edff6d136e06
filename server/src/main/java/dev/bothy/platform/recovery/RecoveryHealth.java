package dev.bothy.platform.recovery;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import java.util.List;
import org.springframework.stereotype.Component;

/// Whether work is held after a restore; says nothing where it is not.
@Component
class RecoveryHealth implements HealthReporter {
  private static final String NAME = "Restore";

  private final RecoveryState state;

  RecoveryHealth(RecoveryState state) {
    this.state = state;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    return state
        .newest()
        .map(recovery ->
            switch (recovery.state()) {
              case PREPARING ->
                  List.of(
                      PartHealth.down(
                          NAME,
                          "The restored database is being prepared. "
                              + (recovery.waitsFor() == null
                                  ? "Nothing is served until then."
                                  : recovery.waitsFor() + "."),
                          recovery.restoredAt()));
              case HELD ->
                  List.of(
                      PartHealth.down(
                          NAME,
                          "Restored from a backup: nothing is handled or sent until an owner or"
                              + " admin says go, on the page Recovery.",
                          recovery.restoredAt()));
              case RELEASED -> List.<PartHealth>of();
            })
        .orElse(List.of());
  }
}
