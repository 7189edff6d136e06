package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus.Restoring;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// What becomes of a restore whose resource was deleted while it had the data in hand. The Job that
/// loads comes to its end; if it did not succeed, what was there before is put back. Only then
/// servers start.
final class Abandoned {
  private final RestoreJobs jobs;
  private final Restoring restore;
  private final Clock clock;

  Abandoned(KubernetesClient client, Bothy bothy, Restoring restore, Clock clock) {
    this.jobs = new RestoreJobs(client, bothy, restore.uid());
    this.restore = restore;
    this.clock = clock;
  }

  /// What is still to be done, for people; empty when servers may start.
  Optional<String> look() {
    List<Job> loads = jobs.of(RestoreStep.LOAD);
    if (loads.isEmpty() || loads.stream().anyMatch(each -> ended(each, "Complete"))) {
      return Optional.empty();
    }
    if (loads.stream().anyMatch(each -> !ended(each, "Failed"))) {
      return Optional.of(
          "Restore %s was deleted while it loaded: its Job comes to its end first"
              .formatted(restore.name()));
    }
    int attempt = Math.max(1, jobs.of(RestoreStep.UNDO).size());
    return switch (jobs.look(RestoreStep.UNDO, attempt, List.of("--undo"))) {
      case ToolRun.Running running -> Optional.of(puttingBack());
      case ToolRun.Done done -> Optional.empty();
      case ToolRun.Failed failed -> {
        // What cannot be put back servers refuse to start on, and say so.
        if (failed.again() == ToolRun.Again.NO_USE) {
          yield Optional.empty();
        }
        if (!Pause.left(attempt, failed.at(), clock.instant()).isPositive()) {
          jobs.look(RestoreStep.UNDO, attempt + 1, List.of("--undo"));
        }
        yield Optional.of(puttingBack() + "; that failed and is tried again: " + failed.message());
      }
    };
  }

  private String puttingBack() {
    return "Restore %s was deleted before it was done: what was there before is put back"
        .formatted(restore.name());
  }

  static boolean ended(Job job, String how) {
    return job.getStatus() != null
        && job.getStatus().getConditions() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(each -> how.equals(each.getType()) && "True".equals(each.getStatus()));
  }
}
