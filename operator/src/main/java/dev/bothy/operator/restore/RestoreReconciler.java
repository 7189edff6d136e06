package dev.bothy.operator.restore;

import dev.bothy.operator.api.Restore;
import dev.bothy.operator.api.RestoreStatus;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.leader.Fence.NotLeading;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs restores, one after the other. It owns their Jobs and the safety backup; that servers stop
/// and start is the installation's part, which it asks for by the phase of the restore.
@ControllerConfiguration(name = "bothy-restore")
public final class RestoreReconciler implements Reconciler<Restore> {
  private static final Duration STANDBY = Duration.ofSeconds(2);

  private final BooleanSupplier leads;
  private final EventLog events;
  private final Hold hold;
  private final Clock clock;

  public RestoreReconciler(BooleanSupplier leads, EventLog events, Hold hold, Clock clock) {
    this.leads = leads;
    this.events = events;
    this.hold = hold;
    this.clock = clock;
  }

  @Override
  public UpdateControl<Restore> reconcile(Restore cached, Context<Restore> context) {
    if (!leads.getAsBoolean()) {
      return UpdateControl.<Restore>noUpdate().rescheduleAfter(STANDBY);
    }
    KubernetesClient client = context.getClient();
    // The cache may not have seen our own last status yet, and would have a step done again.
    Restore restore = client.resource(cached).get();
    if (restore == null || RestoreStatus.phaseOf(restore).isOver()) {
      return UpdateControl.noUpdate();
    }
    RestoreDraft draft = new RestoreDraft(restore, clock);
    Optional<Duration> again =
        new RestoreMachine(restore, draft, new ClusterSurroundings(client, restore, hold)).look();
    UpdateControl<Restore> update =
        draft.differs()
            ? UpdateControl.patchStatus(patch(restore, draft.status()))
            : UpdateControl.noUpdate();
    tell(restore, draft);
    again.ifPresent(update::rescheduleAfter);
    return update;
  }

  private void tell(Restore restore, RestoreDraft draft) {
    for (Condition condition : draft.changed()) {
      if (!condition.getType().equals(RestoreDraft.COMPLETE)) {
        continue;
      }
      switch (draft.phase()) {
        case RollingBack, RolledBack, Failed ->
            events.warning(restore, condition.getReason(), condition.getMessage());
        case Pending,
            Checking,
            SavingPresent,
            Stopping,
            Restoring,
            Starting,
            Held,
            Released,
            Superseded ->
            events.normal(restore, condition.getReason(), condition.getMessage());
      }
    }
  }

  private static Restore patch(Restore restore, RestoreStatus status) {
    Restore patch = new Restore();
    patch.getMetadata().setName(restore.getMetadata().getName());
    patch.getMetadata().setNamespace(restore.getMetadata().getNamespace());
    patch.setStatus(status);
    return patch;
  }

  /// Says in the resource what failed; the phase stays, and the next look goes on from there.
  @Override
  public ErrorStatusUpdateControl<Restore> updateErrorStatus(
      Restore cached, Context<Restore> context, Exception failure) {
    if (failure instanceof NotLeading || failure.getCause() instanceof NotLeading) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    try {
      Restore restore = context.getClient().resource(cached).get();
      if (restore == null || RestoreStatus.phaseOf(restore).isOver()) {
        return ErrorStatusUpdateControl.noStatusUpdate();
      }
      RestoreDraft draft = new RestoreDraft(restore, clock);
      draft.says(
          "OperatorFailed",
          "The operator could not go on and tries again: " + failure.getMessage());
      return ErrorStatusUpdateControl.patchStatus(patch(restore, draft.status()));
    } catch (KubernetesClientException e) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
  }
}
