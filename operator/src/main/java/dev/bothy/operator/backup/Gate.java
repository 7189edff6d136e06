package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a backup may begin now. It asks the API server and not a cache: of two that ask, one
/// after the other, the second sees what the first began.
final class Gate {
  /// A pod that is to go and does not, e.g. because its node is lost, stands in the way so long.
  private static final Duration LEAVING = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Clock clock;

  Gate(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Why it has to wait.
  ///
  /// @param reason one word for machines
  record Closed(String reason, String message) {}

  /// @return empty if it may begin
  Optional<Closed> closed(Backup backup, @Nullable Bothy bothy) {
    return installation(bothy).or(() -> restore(backup)).or(() -> another(backup));
  }

  private static Optional<Closed> installation(@Nullable Bothy bothy) {
    if (bothy == null) {
      return Optional.of(
          new Closed("NoInstallation", "There is no Bothy in this namespace to back up"));
    }
    if (bothy.getSpec().storage() == null) {
      return Optional.of(
          new Closed(
              "NotConfigured",
              "There is nowhere to put it: give spec.storage of Bothy %s a store"
                  .formatted(Bothy.NAME)));
    }
    BothyStatus status = bothy.getStatus();
    if (status == null || status.version() == null) {
      return Optional.of(
          new Closed(
              "NotInstalled", "It waits until Bothy has been installed: nothing served yet"));
    }
    if (status.restore() != null) {
      // Also of one that was deleted before it was done.
      return Optional.of(
          new Closed(
              "RestoreRuns",
              "It waits until Restore %s has ended".formatted(status.restore().name())));
    }
    return status.phase() == BothyStatus.Phase.Migrating
        ? Optional.of(new Closed("Migrating", "It waits until the schema is migrated"))
        : Optional.empty();
  }

  /// A backup that a restore asked for is part of it.
  private Optional<Closed> restore(Backup backup) {
    Map<String, String> annotations = backup.getMetadata().getAnnotations();
    if (annotations != null && annotations.containsKey(Names.RESTORE)) {
      return Optional.empty();
    }
    return client
        .resources(Restore.class)
        .inNamespace(backup.getMetadata().getNamespace())
        .list()
        .getItems()
        .stream()
        .filter(each -> isInTheWay(RestoreStatus.phaseOf(each)))
        .map(each -> each.getMetadata().getName())
        .findFirst()
        .map(name ->
            new Closed("RestoreRuns", "It waits until Restore %s has ended".formatted(name)));
  }

  /// Before it has begun, and after it has restored, a restore does not touch the database.
  private static boolean isInTheWay(RestoreStatus.Phase phase) {
    return switch (phase) {
      case Checking, SavingPresent, Stopping, Restoring, RollingBack, Starting -> true;
      case Pending, Held, Released, Failed, RolledBack, Superseded -> false;
    };
  }

  /// Also a pod whose Job was taken away counts until it is gone.
  private Optional<Closed> another(Backup backup) {
    String namespace = backup.getMetadata().getNamespace();
    String component = Purpose.BACKUP.component();
    Stream<String> jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabel(Names.COMPONENT, component)
            .list()
            .getItems()
            .stream()
            .filter(Gate::runs)
            .map(job -> "Backup " + ofBackup(job));
    Stream<String> pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel(Names.COMPONENT, component)
            .list()
            .getItems()
            .stream()
            .filter(this::runs)
            .map(pod -> "pod " + pod.getMetadata().getName());
    return Stream.concat(jobs, pods)
        .findFirst()
        .map(name -> new Closed("AnotherRuns", "It waits until %s has ended".formatted(name)));
  }

  private static String ofBackup(Job job) {
    return job.getMetadata().getOwnerReferences().stream()
        .map(owner -> owner.getName())
        .findFirst()
        .orElse("of Job " + job.getMetadata().getName());
  }

  private static boolean runs(Job job) {
    return job.getMetadata().getDeletionTimestamp() == null
        && (job.getStatus() == null
            || job.getStatus().getConditions() == null
            || job.getStatus().getConditions().stream()
                .noneMatch(each ->
                    Set.of("Complete", "Failed").contains(each.getType())
                        && "True".equals(each.getStatus())));
  }

  private boolean runs(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    String leaves = pod.getMetadata().getDeletionTimestamp();
    return !"Succeeded".equals(phase)
        && !"Failed".equals(phase)
        && (leaves == null || Instant.parse(leaves).plus(LEAVING).isAfter(clock.instant()));
  }
}
