package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.Mode;
import dev.bothy.operator.api.BothySpec.Trial;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.api.Restore;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.installation.StatusDraft.ConditionType;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.ServerSettings;
import dev.bothy.operator.leader.Fence.NotLeading;
import dev.bothy.operator.operation.OperatorMetrics;
import dev.bothy.operator.operation.OperatorMetrics.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Brings an installation to what its specification says. It owns the ConfigMap, the Deployment,
/// the Service, the PodDisruptionBudget and the Jobs of the server, and the Secret of a trial.
///
/// Nothing that serves is touched before all that it will stand on was checked and migrated: while
/// a step fails, what served before goes on serving.
// Deletion too: else nobody told the metrics of it.
@ControllerConfiguration(name = Names.OPERATOR, triggerReconcilerOnAllEvents = true)
public final class InstallationReconciler implements Reconciler<Bothy> {
  private static final Duration STANDBY = Duration.ofSeconds(2);
  private static final Duration MISSING = Duration.ofSeconds(10);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private final BooleanSupplier leads;
  private final OperatorMetrics metrics;
  private final EventLog events;
  private final TrialServices trials;
  private final Standstill standstill;
  private final Clock clock;
  private final ServerConfiguration configuration = new ServerConfiguration();
  private final ServerDeployment deployment = new ServerDeployment();
  private final ServerService service = new ServerService();
  private final DisruptionBudget budget = new DisruptionBudget();

  public InstallationReconciler(
      BooleanSupplier leads,
      OperatorMetrics metrics,
      EventLog events,
      TrialServices trials,
      Standstill standstill,
      Clock clock) {
    this.leads = leads;
    this.metrics = metrics;
    this.events = events;
    this.trials = trials;
    this.standstill = standstill;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Bothy>> prepareEventSources(EventSourceContext<Bothy> context) {
    List<EventSource<?, Bothy>> sources =
        new ArrayList<>(
            EventSourceUtils.dependentEventSources(
                context, configuration, deployment, service, budget));
    sources.add(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Job.class, Bothy.class)
                .withName("jobs")
                .withLabelSelector(Names.MANAGED_BY + "=" + Names.OPERATOR)
                .withNamespacesInheritedFromController()
                .build(),
            context));
    sources.add(
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Restore.class, Bothy.class)
                .withName("restores")
                .withSecondaryToPrimaryMapper(restore ->
                    Set.of(new ResourceID(Bothy.NAME, restore.getMetadata().getNamespace())))
                .withNamespacesInheritedFromController()
                .build(),
            context));
    return sources;
  }

  @Override
  public UpdateControl<Bothy> reconcile(Bothy cached, Context<Bothy> context) {
    if (context.isPrimaryResourceDeleted()) {
      metrics.gone();
      return UpdateControl.noUpdate();
    }
    if (!leads.getAsBoolean()) {
      return UpdateControl.<Bothy>noUpdate().rescheduleAfter(STANDBY);
    }
    // The cache may not have seen our own last status yet, and what it lacks would be lost.
    Bothy bothy = context.getClient().resource(cached).get();
    if (bothy == null) {
      metrics.gone();
      return UpdateControl.noUpdate();
    }
    try (Histogram.Timer ignored = metrics.begin()) {
      StatusDraft draft = new StatusDraft(bothy, clock);
      Step step = steps(bothy, context, draft);
      conclude(step, draft);
      return updateOf(bothy, draft).rescheduleAfter(step.again());
    }
  }

  /// The whole way, step by step; the first that cannot go on ends it.
  private Step steps(Bothy bothy, Context<Bothy> context, StatusDraft draft) {
    KubernetesClient client = context.getClient();
    BothySpec spec = bothy.getSpec();
    Optional<Step> stands = standsStill(client, bothy, draft, false);
    if (stands.isPresent()) {
      return stands.get();
    }
    draft.restore(null);
    context.getSecondaryResource(Deployment.class).ifPresent(new Replicas(client, bothy)::asBefore);
    List<String> twice = ServerSettings.decidedElsewhere(spec);
    if (!twice.isEmpty()) {
      return Step.blocked(
          "SettingDecidedElsewhere",
          "spec.settings names %s, which other fields of the specification decide: use those"
              .formatted(String.join(", ", twice)),
          LONGEST_RETRY);
    }
    if (spec.mode() == Mode.Trial) {
      trials.ensureSecret(client, bothy);
    }
    References references = References.of(client, bothy);
    if (!references.missing().isEmpty()) {
      return Step.blocked(
          "ReferenceMissing",
          String.join("; ", references.missing())
              + ". Create it in the namespace; it is looked for every 10 seconds",
          MISSING);
    }
    String revision = Revision.of(spec, references.values());
    Revision.tell(context, revision);
    Preparation preparation =
        new Preparation(
            client,
            bothy,
            revision,
            draft,
            clock,
            () -> openBao(bothy, draft),
            () -> beforeAnything(client, bothy, draft));
    if (isRolledOut(bothy, context, revision)) {
      preparation.wasFinished();
    } else {
      Optional<Step> unfinished = preparation.unfinished();
      if (unfinished.isPresent()) {
        return unfinished.get();
      }
    }
    configuration.reconcile(bothy, context);
    service.reconcile(bothy, context);
    budget.reconcile(bothy, context);
    deployment.reconcile(bothy, context);
    Deployment rolled = deployment.getSecondaryResource(bothy, context).orElseThrow();
    Step rollOut = new RollOut(client, bothy, rolled).look(draft);
    Optional<Step> openBao = openBao(bothy, draft);
    if (rollOut.phase() == Phase.Ready) {
      new RevisionJobs(client, bothy, revision)
          .forgetOthers(context.getSecondaryResourcesAsStream(Job.class).toList());
    }
    return rollOut.phase() == Phase.Ready ? openBao.orElse(rollOut) : rollOut;
  }

  /// While somebody has the installation stand still: no server runs, and nothing is begun.
  private Optional<Step> standsStill(
      KubernetesClient client, Bothy bothy, StatusDraft draft, boolean empty) {
    return standstill
        .asked(client, bothy, empty)
        .map(asked -> {
          new Replicas(client, bothy).none();
          draft.restore(asked.restore());
          draft.fails(ConditionType.Available, "NoServer", "No server answers");
          return Step.waiting(Phase.Restoring, "Restoring", asked.message());
        });
  }

  /// Into an installation that never had a server a restore goes before it is migrated.
  private Optional<Step> beforeAnything(KubernetesClient client, Bothy bothy, StatusDraft draft) {
    boolean empty =
        (bothy.getStatus() == null || bothy.getStatus().version() == null)
            && client
                    .apps()
                    .deployments()
                    .inNamespace(bothy.getMetadata().getNamespace())
                    .withName(Names.SERVER)
                    .get()
                == null;
    return empty ? standsStill(client, bothy, draft, true) : Optional.empty();
  }

  private boolean isRolledOut(Bothy bothy, Context<Bothy> context, String revision) {
    return deployment
        .getSecondaryResource(bothy, context)
        .map(found -> found.getSpec().getTemplate().getMetadata().getAnnotations())
        .map(annotations -> revision.equals(annotations.get(Names.REVISION)))
        .orElse(false);
  }

  /// In a trial: sets its OpenBao up, or mends it. Before anything is checked, since the servers'
  /// keys are there; and while they serve, in case it loses what was set up.
  private Optional<Step> openBao(Bothy bothy, StatusDraft draft) {
    Trial trial = bothy.getSpec().trial();
    if (trial == null) {
      return Optional.empty();
    }
    return switch (trials.ensureVault(bothy, trial)) {
      case TrialServices.Prepared prepared -> {
        draft.holds(ConditionType.TrialPrepared, "Prepared", "The trial's services are set up");
        if (!prepared.changes().isEmpty()) {
          events.normal(bothy, "OpenBaoSetUp", String.join(", ", prepared.changes()));
        }
        yield Optional.empty();
      }
      case TrialServices.NotPrepared not -> {
        draft.fails(ConditionType.TrialPrepared, "OpenBaoNotPrepared", not.why());
        yield Optional.of(
            Step.waiting(Phase.Preparing, "TrialNotPrepared", "The trial's OpenBao: " + not.why()));
      }
    };
  }

  private static void conclude(Step step, StatusDraft draft) {
    draft.phase(step.phase());
    if (step.phase() == Phase.Ready) {
      draft.holds(ConditionType.Ready, step.reason(), step.message());
    } else {
      draft.fails(ConditionType.Ready, step.reason(), step.message());
    }
  }

  private UpdateControl<Bothy> updateOf(Bothy bothy, StatusDraft draft) {
    BothyStatus status = draft.status();
    metrics.shows(status);
    if (!draft.differs()) {
      metrics.ended(Outcome.UNCHANGED);
      return UpdateControl.noUpdate();
    }
    metrics.ended(Outcome.CHANGED);
    tell(bothy, draft);
    return UpdateControl.patchStatus(statusOf(bothy, status));
  }

  private void tell(Bothy bothy, StatusDraft draft) {
    for (Condition condition : draft.changed()) {
      boolean trouble =
          "False".equals(condition.getStatus()) && Phase.Blocked == draft.status().phase();
      if (trouble) {
        events.warning(bothy, condition.getReason(), condition.getMessage());
      } else {
        events.normal(bothy, condition.getReason(), condition.getMessage());
      }
    }
  }

  private static Bothy statusOf(Bothy bothy, BothyStatus status) {
    Bothy patch = new Bothy();
    patch.getMetadata().setName(bothy.getMetadata().getName());
    patch.getMetadata().setNamespace(bothy.getMetadata().getNamespace());
    patch.setStatus(status);
    return patch;
  }

  /// Says in the resource what failed; what the error hides in its causes is in the log. If the API
  /// server itself is away there is nowhere to say it.
  @Override
  public ErrorStatusUpdateControl<Bothy> updateErrorStatus(
      Bothy cached, Context<Bothy> context, Exception failure) {
    if (failure instanceof NotLeading || failure.getCause() instanceof NotLeading) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    metrics.ended(Outcome.ERROR);
    Bothy bothy;
    try {
      bothy = context.getClient().resource(cached).get();
    } catch (KubernetesClientException e) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    if (bothy == null) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    StatusDraft draft = new StatusDraft(bothy, clock);
    draft.remainsAsObserved();
    draft.fails(
        ConditionType.Ready,
        "OperatorFailed",
        "The operator could not go on and tries again: " + failure.getMessage());
    return ErrorStatusUpdateControl.patchStatus(statusOf(bothy, draft.status()));
  }
}
