package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether the newest backup is as new as a schedule says. Whoever asked for it, it counts.
///
/// @param reason one word for machines
record Freshness(boolean holds, String reason, String message) {
  /// For so long one that is due may take, unless it is seen to run.
  private static final Duration GRACE = Duration.ofHours(2);

  /// The database's clock, by which a backup begins, need not be the operator's.
  private static final Duration SKEW = Duration.ofMinutes(5);

  static Freshness at(
      Instant now, Cron cron, boolean suspended, Instant created, List<Backup> all) {
    Optional<Backup> newest = Finished.newest(all);
    String has =
        newest
            .map(backup ->
                "The newest backup is %s of %s"
                    .formatted(backup.getMetadata().getName(), Finished.begun(backup)))
            .orElse("There is no backup yet");
    Optional<Instant> due =
        cron.lastAtOrBefore(now.minus(GRACE)).filter(last -> !last.isBefore(created));
    if (due.isEmpty()) {
      return new Freshness(true, newest.isEmpty() ? "NotDueYet" : "Fresh", has);
    }
    Instant atLeast = due.get().minus(SKEW);
    if (newest.filter(backup -> !Finished.begun(backup).isBefore(atLeast)).isPresent()) {
      return new Freshness(true, "Fresh", has);
    }
    Optional<Backup> runs =
        all.stream()
            .filter(Finished::runs)
            .filter(backup -> !Finished.begun(backup).isBefore(atLeast))
            .findFirst();
    if (runs.isPresent()) {
      return new Freshness(
          true, "Running", "%s; %s runs".formatted(has, runs.get().getMetadata().getName()));
    }
    String should = "%s; there should be one of %s".formatted(has, due.get());
    return suspended
        ? new Freshness(false, "Suspended", should + ", but the schedule is suspended")
        : new Freshness(false, "Late", should + trouble(all));
  }

  /// What the newest one that is no success says.
  private static String trouble(List<Backup> all) {
    return all.stream()
        .filter(backup -> !Finished.isSuccess(backup) && backup.getStatus() != null)
        .max(Comparator.comparing(backup -> backup.getMetadata().getCreationTimestamp()))
        .flatMap(backup ->
            Conditions.of(backup.getStatus().conditions(), BackupDraft.COMPLETE)
                .map(Condition::getMessage)
                .map(said -> ". Backup %s: %s".formatted(backup.getMetadata().getName(), said)))
        .orElse("");
  }
}
