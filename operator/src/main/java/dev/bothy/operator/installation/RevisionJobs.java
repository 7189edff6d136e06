package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.jobs.JobPlan;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerJobs;
import dev.bothy.operator.jobs.ServerJobs.State;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What must have ended well before servers of a revision run: Jobs whose names follow from purpose
/// and revision.
final class RevisionJobs {
  private static final Duration DEADLINE = Duration.ofMinutes(15);

  private final Bothy bothy;
  private final String revision;
  private final ServerJobs jobs;

  RevisionJobs(KubernetesClient client, Bothy bothy, String revision) {
    this.bothy = bothy;
    this.revision = revision;
    this.jobs = new ServerJobs(client, bothy);
  }

  /// Begins it if it was not begun, and looks how far it is.
  State state(Purpose purpose) {
    return jobs.state(
        JobPlan.of(nameOf(purpose), purpose, bothy, DEADLINE)
            .withConfiguration(Names.CANDIDATE)
            .withAnnotations(Map.of(Names.REVISION, revision)));
  }

  /// How far it is; empty if it was not begun, or was taken away since.
  Optional<State> found(Purpose purpose) {
    return jobs.found(nameOf(purpose));
  }

  /// Takes a failed one away, so that the next look begins it anew.
  void again(Purpose purpose) {
    jobs.remove(nameOf(purpose));
  }

  /// Takes away what earlier revisions left. Jobs of no revision are somebody else's.
  void forgetOthers(List<Job> all) {
    all.stream()
        .filter(job -> isOfAnotherRevision(job))
        .map(job -> job.getMetadata().getName())
        .forEach(jobs::remove);
  }

  private boolean isOfAnotherRevision(Job job) {
    Map<String, String> annotations = job.getMetadata().getAnnotations();
    String of = annotations == null ? null : annotations.get(Names.REVISION);
    return of != null && !of.equals(revision);
  }

  private String nameOf(Purpose purpose) {
    return Bothy.NAME + "-" + purpose.component() + "-" + revision;
  }
}
