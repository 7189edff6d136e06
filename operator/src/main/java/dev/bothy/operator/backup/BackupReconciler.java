package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupStatus;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.leader.Fence.NotLeading;
import dev.bothy.operator.operation.BackupMetrics;
import dev.bothy.operator.operation.OperatorMetrics;
import dev.bothy.operator.operation.OperatorMetrics.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Brings a Backup to its end, one at a time in a namespace: [BackupRun] says how. Its Jobs stay
/// for a while after the end, so that their logs can be read.
// Deletion too: else nobody told the metrics of it.
@ControllerConfiguration(name = "bothy-backups", triggerReconcilerOnAllEvents = true)
public final class BackupReconciler implements Reconciler<Backup> {
  private static final Duration STANDBY = Duration.ofSeconds(2);
  private static final Duration JOBS_STAY = Duration.ofHours(1);

  private final BooleanSupplier leads;
  private final OperatorMetrics metrics;
  private final BackupMetrics backupMetrics;
  private final EventLog events;
  private final Clock clock;

  public BackupReconciler(
      BooleanSupplier leads,
      OperatorMetrics metrics,
      BackupMetrics backupMetrics,
      EventLog events,
      Clock clock) {
    this.leads = leads;
    this.metrics = metrics;
    this.backupMetrics = backupMetrics;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Backup>> prepareEventSources(EventSourceContext<Backup> context) {
    return List.of(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Job.class, Backup.class)
                .withName("backup-jobs")
                .withLabelSelector(Names.MANAGED_BY + "=" + Names.OPERATOR)
                .withNamespacesInheritedFromController()
                .build(),
            context));
  }

  @Override
  public UpdateControl<Backup> reconcile(Backup cached, Context<Backup> context) {
    count(cached, context);
    if (context.isPrimaryResourceDeleted()) {
      return UpdateControl.noUpdate();
    }
    if (!leads.getAsBoolean()) {
      return UpdateControl.<Backup>noUpdate().rescheduleAfter(STANDBY);
    }
    // The cache may not have seen our own last status yet, and what it lacks would be done again.
    Backup backup = context.getClient().resource(cached).get();
    if (backup == null || backup.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    try (Histogram.Timer ignored = metrics.begin()) {
      BackupStatus status = backup.getStatus();
      UpdateControl<Backup> update =
          status != null && status.phase() != null && status.phase().isEnd()
              ? over(status, context)
              : look(backup, context.getClient());
      metrics.ended(update.isNoUpdate() ? Outcome.UNCHANGED : Outcome.CHANGED);
      return update;
    }
  }

  private UpdateControl<Backup> look(Backup backup, KubernetesClient client) {
    Instant now = clock.instant();
    BackupDraft draft = new BackupDraft(backup, now);
    Bothy bothy =
        client
            .resources(Bothy.class)
            .inNamespace(backup.getMetadata().getNamespace())
            .withName(Bothy.NAME)
            .get();
    Duration again =
        new BackupRun(client, backup, bothy, draft, now, new Gate(client, clock)).look();
    if (!draft.differs()) {
      return UpdateControl.<Backup>noUpdate().rescheduleAfter(again);
    }
    tell(backup, draft);
    return UpdateControl.patchStatus(patch(backup, draft)).rescheduleAfter(again);
  }

  private static Backup patch(Backup backup, BackupDraft draft) {
    Backup patch = new Backup();
    patch.getMetadata().setName(backup.getMetadata().getName());
    patch.getMetadata().setNamespace(backup.getMetadata().getNamespace());
    patch.setStatus(draft.status());
    return patch;
  }

  private void tell(Backup backup, BackupDraft draft) {
    for (Condition condition : draft.changed()) {
      boolean trouble = draft.phase() == Phase.Failed || draft.retryAt().isPresent();
      if (trouble) {
        events.warning(backup, condition.getReason(), condition.getMessage());
      } else {
        events.normal(backup, condition.getReason(), condition.getMessage());
      }
    }
  }

  /// Nothing changes any more but that its Jobs go.
  private UpdateControl<Backup> over(BackupStatus status, Context<Backup> context) {
    List<Job> jobs = context.getSecondaryResourcesAsStream(Job.class).toList();
    if (jobs.isEmpty()) {
      return UpdateControl.noUpdate();
    }
    Instant end =
        Instant.parse(Optional.ofNullable(status.completedAt()).orElse(Instant.EPOCH.toString()));
    Duration left = Duration.between(clock.instant(), end.plus(JOBS_STAY));
    if (left.isPositive()) {
      return UpdateControl.<Backup>noUpdate().rescheduleAfter(left);
    }
    for (Job job : jobs) {
      context
          .getClient()
          .resource(job)
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    }
    return UpdateControl.noUpdate();
  }

  /// From the cache: a metric may be some seconds behind.
  private void count(Backup seen, Context<Backup> context) {
    List<Backup> all = context.getPrimaryCache().list(seen.getMetadata().getNamespace()).toList();
    Optional<Instant> newest =
        all.stream()
            .filter(backup -> Finished.isSuccess(backup))
            .map(Finished::at)
            .max(Comparator.naturalOrder());
    long failed =
        all.stream()
            .filter(backup -> Finished.isFailure(backup))
            .filter(backup -> newest.map(at -> Finished.at(backup).isAfter(at)).orElse(true))
            .count();
    long running = all.stream().filter(Finished::runs).count();
    backupMetrics.backups(newest.orElse(null), (int) failed, (int) running);
  }

  /// Says in the resource what failed. If the API server itself is away there is nowhere to say it.
  @Override
  public ErrorStatusUpdateControl<Backup> updateErrorStatus(
      Backup cached, Context<Backup> context, Exception failure) {
    if (failure instanceof NotLeading || failure.getCause() instanceof NotLeading) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    metrics.ended(Outcome.ERROR);
    Backup backup;
    try {
      backup = context.getClient().resource(cached).get();
    } catch (KubernetesClientException e) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    if (backup == null || Finished.isSuccess(backup) || Finished.isFailure(backup)) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    BackupDraft draft = new BackupDraft(backup, clock.instant());
    String message = "The operator could not go on and tries again: " + failure.getMessage();
    draft.stumbles(message);
    events.warning(backup, "OperatorFailed", message);
    return ErrorStatusUpdateControl.patchStatus(patch(backup, draft));
  }
}
