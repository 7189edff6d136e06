package dev.bothy.preflight;

import dev.bothy.platform.storage.StorageProbe;
import java.util.List;

/// `backup-storage`: the store for backups takes, gives, lists and deletes a small object. Without
/// it there are no backups, so what is wrong is a failure.
record BackupStorage(StorageProbe probe) implements Check {
  private static final String NAME = "backup-storage";

  @Override
  public List<Finding> look() {
    return probe.place().map(this::look).orElse(List.of());
  }

  private List<Finding> look(String place) {
    return List.of(
        probe
            .problem()
            .map(problem -> Finding.fail(NAME, problem.message(), problem.fix()))
            .orElseGet(() ->
                Finding.pass(
                    NAME, place + " takes, gives, lists and deletes what is stored there")));
  }
}
