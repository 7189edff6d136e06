package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.BackupScheduleSpec;
import dev.bothy.operator.api.BackupScheduleStatus;
import dev.bothy.operator.api.BackupSpec;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.backup.Cron.WrongSchedule;
import dev.bothy.operator.events.EventLog;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.leader.Fence.NotLeading;
import dev.bothy.operator.operation.BackupMetrics;
import dev.bothy.operator.operation.OperatorMetrics;
import dev.bothy.operator.operation.OperatorMetrics.Outcome;
import dev.bothy.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.prometheus.client.Histogram;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes Backups at a schedule's times, and says whether the newest one is as new as it should be.
/// A Backup's name says the time that it is for, so that it is made once however often that is
/// tried.
// Deletion too: else nobody told the metrics of it.
@ControllerConfiguration(name = "bothy-backup-schedules", triggerReconcilerOnAllEvents = true)
public final class ScheduleReconciler implements Reconciler<BackupSchedule> {
  static final String FRESH = "Fresh";
  private static final Duration STANDBY = Duration.ofSeconds(2);

  /// A clock that jumps, or a machine that slept, is noticed so soon.
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm").withZone(ZoneOffset.UTC);

  private final BooleanSupplier leads;
  private final OperatorMetrics metrics;
  private final BackupMetrics backupMetrics;
  private final EventLog events;
  private final Clock clock;
  private final Map<String, Boolean> fresh = new ConcurrentHashMap<>();
  private @Nullable InformerEventSource<Backup, BackupSchedule> backups;

  public ScheduleReconciler(
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
  public List<EventSource<?, BackupSchedule>> prepareEventSources(
      EventSourceContext<BackupSchedule> context) {
    InformerEventSource<Backup, BackupSchedule> source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Backup.class, BackupSchedule.class)
                .withName("backups")
                .withNamespacesInheritedFromController()
                // Each says something about how fresh the newest one is.
                .withSecondaryToPrimaryMapper(backup -> all(context))
                .build(),
            context);
    backups = source;
    return List.of(source);
  }

  private static Set<ResourceID> all(EventSourceContext<BackupSchedule> context) {
    return context
        .getPrimaryCache()
        .list()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  @Override
  public UpdateControl<BackupSchedule> reconcile(
      BackupSchedule cached, Context<BackupSchedule> context) {
    if (context.isPrimaryResourceDeleted()) {
      fresh.remove(cached.getMetadata().getName());
      count();
      return UpdateControl.noUpdate();
    }
    if (!leads.getAsBoolean()) {
      return UpdateControl.<BackupSchedule>noUpdate().rescheduleAfter(STANDBY);
    }
    BackupSchedule schedule = context.getClient().resource(cached).get();
    if (schedule == null || schedule.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    try (Histogram.Timer ignored = metrics.begin()) {
      Conditions conditions =
          new Conditions(
              before(schedule).conditions(),
              schedule.getMetadata().getGeneration(),
              clock.instant());
      BackupScheduleStatus status = look(schedule, context.getClient(), conditions);
      fresh.put(
          schedule.getMetadata().getName(),
          Conditions.of(status.conditions(), FRESH)
              .map(condition -> "True".equals(condition.getStatus()))
              .orElse(false));
      count();
      if (status.equals(schedule.getStatus())) {
        metrics.ended(Outcome.UNCHANGED);
        return UpdateControl.<BackupSchedule>noUpdate().rescheduleAfter(LOOK);
      }
      metrics.ended(Outcome.CHANGED);
      tell(schedule, conditions);
      return UpdateControl.patchStatus(patch(schedule, status)).rescheduleAfter(LOOK);
    }
  }

  private BackupScheduleStatus look(
      BackupSchedule schedule, KubernetesClient client, Conditions conditions) {
    BackupScheduleSpec spec = schedule.getSpec();
    BackupScheduleStatus before = before(schedule);
    List<Backup> all =
        Objects.requireNonNull(backups)
            .list(schedule.getMetadata().getNamespace(), backup -> true)
            .toList();
    String success =
        Finished.newest(all)
            .map(newest -> Finished.at(newest).toString())
            .orElse(before.lastSuccessfulAt());
    Cron cron;
    try {
      cron = new Cron(spec.schedule(), Objects.requireNonNullElse(spec.timeZone(), "UTC"));
    } catch (WrongSchedule e) {
      conditions.put(FRESH, false, "WrongSchedule", "No backups are made: " + e.getMessage());
      return new BackupScheduleStatus(
          schedule.getMetadata().getGeneration(),
          before.lastBackup(),
          before.lastScheduledAt(),
          success,
          null,
          conditions.all());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    boolean suspended = Boolean.TRUE.equals(spec.suspend());
    Instant created = Instant.parse(schedule.getMetadata().getCreationTimestamp());
    DueTime due =
        DueTime.at(
            now,
            cron,
            suspended,
            Boolean.TRUE.equals(spec.immediate()),
            created,
            before.lastScheduledAt() == null ? null : Instant.parse(before.lastScheduledAt()),
            isBusy(schedule, all));
    String made = due.make().map(time -> make(schedule, client, time)).orElse(before.lastBackup());
    Freshness freshness = Freshness.at(now, cron, suspended, created, all);
    conditions.put(FRESH, freshness.holds(), freshness.reason(), freshness.message());
    return new BackupScheduleStatus(
        schedule.getMetadata().getGeneration(),
        made,
        due.dealtWith() == null ? null : due.dealtWith().toString(),
        success,
        suspended ? null : cron.firstAfter(now).toString(),
        conditions.all());
  }

  private static boolean isBusy(BackupSchedule schedule, List<Backup> all) {
    return all.stream()
        .filter(backup ->
            Labels.value(schedule)
                .equals(
                    Optional.ofNullable(backup.getMetadata().getLabels())
                        .map(labels -> labels.get(Labels.SCHEDULE))
                        .orElse(null)))
        .anyMatch(Finished::isOpen);
  }

  /// @return its name
  private String make(BackupSchedule schedule, KubernetesClient client, Instant time) {
    Backup backup = new Backup();
    String name = schedule.getMetadata().getName() + "-" + TIME.format(time);
    backup.getMetadata().setName(name);
    backup.getMetadata().setNamespace(schedule.getMetadata().getNamespace());
    backup.getMetadata().setLabels(Map.of(Labels.SCHEDULE, Labels.value(schedule)));
    Bothy bothy =
        client
            .resources(Bothy.class)
            .inNamespace(schedule.getMetadata().getNamespace())
            .withName(Bothy.NAME)
            .get();
    if (bothy != null) {
      // It goes with the installation, and not with the schedule.
      backup.getMetadata().setOwnerReferences(List.of(Names.owner(bothy)));
    }
    backup.setSpec(new BackupSpec(schedule.getSpec().keep()));
    try {
      client.resource(backup).create();
      events.normal(schedule, "BackupMade", "Made Backup " + name);
    } catch (KubernetesClientException e) {
      // 409: it was made before the status could be written.
      if (e.getCode() != 409) {
        throw e;
      }
    }
    return name;
  }

  private void tell(BackupSchedule schedule, Conditions conditions) {
    for (Condition condition : conditions.changed()) {
      if ("False".equals(condition.getStatus())) {
        events.warning(schedule, condition.getReason(), condition.getMessage());
      }
    }
  }

  private void count() {
    backupMetrics.late((int) fresh.values().stream().filter(is -> !is).count());
  }

  private static BackupScheduleStatus before(BackupSchedule schedule) {
    return schedule.getStatus() == null
        ? new BackupScheduleStatus(null, null, null, null, null, List.of())
        : schedule.getStatus();
  }

  private static BackupSchedule patch(BackupSchedule schedule, BackupScheduleStatus status) {
    BackupSchedule patch = new BackupSchedule();
    patch.getMetadata().setName(schedule.getMetadata().getName());
    patch.getMetadata().setNamespace(schedule.getMetadata().getNamespace());
    patch.setStatus(status);
    return patch;
  }

  /// The resource says nothing of it: what is wrong is ours, and it is tried again.
  @Override
  public ErrorStatusUpdateControl<BackupSchedule> updateErrorStatus(
      BackupSchedule schedule, Context<BackupSchedule> context, Exception failure) {
    if (!(failure instanceof NotLeading) && !(failure.getCause() instanceof NotLeading)) {
      metrics.ended(Outcome.ERROR);
      events.warning(
          schedule,
          "OperatorFailed",
          "The operator could not go on and tries again: " + failure.getMessage());
    }
    return ErrorStatusUpdateControl.noStatusUpdate();
  }
}
