package dev.bothy.operator.restore;

import dev.bothy.operator.api.RestoreDrill;
import dev.bothy.operator.api.RestoreDrillStatus;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.leader.Fence.NotLeading;
import dev.bothy.operator.operation.DrillMetrics;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// Runs drills at their times and says what they show. It owns their Jobs.
// Deletion too: else nobody told the metrics of it.
@ControllerConfiguration(name = "bothy-restore-drills", triggerReconcilerOnAllEvents = true)
public final class DrillReconciler implements Reconciler<RestoreDrill> {
  private static final Duration STANDBY = Duration.ofSeconds(2);

  private final BooleanSupplier leads;
  private final DrillMetrics metrics;
  private final EventLog events;
  private final Clock clock;

  public DrillReconciler(
      BooleanSupplier leads, DrillMetrics metrics, EventLog events, Clock clock) {
    this.leads = leads;
    this.metrics = metrics;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<RestoreDrill> reconcile(RestoreDrill cached, Context<RestoreDrill> context) {
    if (context.isPrimaryResourceDeleted()) {
      metrics.gone(cached.getMetadata().getName());
      return UpdateControl.noUpdate();
    }
    if (!leads.getAsBoolean()) {
      return UpdateControl.<RestoreDrill>noUpdate().rescheduleAfter(STANDBY);
    }
    KubernetesClient client = context.getClient();
    // The cache may not have seen our own last status yet, and would have a run begun again.
    RestoreDrill drill = client.resource(cached).get();
    if (drill == null || drill.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    DrillDraft draft = new DrillDraft(drill, clock);
    Duration again =
        new DrillMachine(drill, draft, new ClusterDrillSurroundings(client, drill)).look();
    show(drill, draft);
    if (!draft.differs()) {
      return UpdateControl.<RestoreDrill>noUpdate().rescheduleAfter(again);
    }
    tell(drill, draft);
    return UpdateControl.patchStatus(patch(drill, draft.status())).rescheduleAfter(again);
  }

  private void show(RestoreDrill drill, DrillDraft draft) {
    metrics.shows(
        drill.getMetadata().getName(),
        draft.lastGood().orElseGet(() -> Instant.parse(drill.getMetadata().getCreationTimestamp())),
        draft.last().map(run -> run.result() == RestoreDrillStatus.Result.Failed).orElse(false),
        Objects.requireNonNullElse(draft.status().lastDurationSeconds(), 0L),
        draft.running() != null);
  }

  private void tell(RestoreDrill drill, DrillDraft draft) {
    for (Condition condition : draft.changed()) {
      boolean wrong =
          "False".equals(condition.getStatus()) && !"NoDrillYet".equals(condition.getReason());
      if (wrong) {
        events.warning(drill, condition.getReason(), condition.getMessage());
      } else {
        events.normal(drill, condition.getReason(), condition.getMessage());
      }
    }
  }

  private static RestoreDrill patch(RestoreDrill drill, RestoreDrillStatus status) {
    RestoreDrill patch = new RestoreDrill();
    patch.getMetadata().setName(drill.getMetadata().getName());
    patch.getMetadata().setNamespace(drill.getMetadata().getNamespace());
    patch.setStatus(status);
    return patch;
  }

  /// The resource says nothing of it: what is wrong is ours, and it is tried again.
  @Override
  public ErrorStatusUpdateControl<RestoreDrill> updateErrorStatus(
      RestoreDrill drill, Context<RestoreDrill> context, Exception failure) {
    if (!(failure instanceof NotLeading) && !(failure.getCause() instanceof NotLeading)) {
      events.warning(
          drill,
          "OperatorFailed",
          "The operator could not go on and tries again: " + failure.getMessage());
    }
    return ErrorStatusUpdateControl.noStatusUpdate();
  }
}
