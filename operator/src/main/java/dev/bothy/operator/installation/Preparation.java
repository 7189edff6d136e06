package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec.Mode;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.installation.StatusDraft.ConditionType;
import dev.bothy.operator.jobs.LogWords;
import dev.bothy.operator.jobs.Names;
import dev.bothy.operator.jobs.PodTroubles;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerJobs.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What has to be well before servers of a revision start: in a trial its database, its realm and
/// its OpenBao, then the preflight, then the migration. All but the OpenBao is a Job.
final class Preparation {
  private static final String PREFLIGHT_PASSED = "Everything that was checked is well";
  private static final String PREFLIGHT_RUNS = "PreflightRuns";
  private static final String PREFLIGHT_FAILED = "PreflightFailed";
  private static final String MIGRATION_RUNS = "MigrationRuns";
  private static final String MIGRATION_FAILED = "MigrationFailed";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(10);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  /// How often is looked whether a Secret was mended, which nobody tells: that is another revision,
  /// and begins at once.
  private static final Duration MENDED = Duration.ofSeconds(15);

  private static final String BEFORE = "; before that: ";

  private final KubernetesClient client;
  private final Bothy bothy;
  private final StatusDraft draft;
  private final Clock clock;
  private final RevisionJobs jobs;
  private final Supplier<Optional<Step>> openBao;
  private final Supplier<Optional<Step>> beforeAnything;

  /// @param openBao in a trial sets its OpenBao up, and says what is in the way
  /// @param beforeAnything what comes before the first check and migration
  Preparation(
      KubernetesClient client,
      Bothy bothy,
      String revision,
      StatusDraft draft,
      Clock clock,
      Supplier<Optional<Step>> openBao,
      Supplier<Optional<Step>> beforeAnything) {
    this.client = client;
    this.bothy = bothy;
    this.draft = draft;
    this.clock = clock;
    this.jobs = new RevisionJobs(client, bothy, revision);
    this.openBao = openBao;
    this.beforeAnything = beforeAnything;
  }

  /// The first step that has not ended well; empty when all have.
  Optional<Step> unfinished() {
    client
        .resource(
            ServerConfiguration.named(bothy, Names.CANDIDATE)
                .edit()
                .editMetadata()
                .withOwnerReferences(Names.owner(bothy))
                .endMetadata()
                .build())
        .fieldManager(Names.OPERATOR)
        .forceConflicts()
        .serverSideApply();
    Optional<Step> unfinished = Optional.empty();
    if (bothy.getSpec().mode() == Mode.Trial) {
      unfinished = database().or(this::services).or(this::realm).or(openBao);
    }
    return unfinished.or(beforeAnything).or(() -> preflight()).or(() -> migration());
  }

  /// What serves passed all of it before it began; of a change that did not, and was taken back,
  /// nothing stays said.
  void wasFinished() {
    if (draft.isFalse(ConditionType.PreflightPassed)) {
      draft.preflight(
          jobs.found(Purpose.PREFLIGHT)
              .filter(State.Succeeded.class::isInstance)
              .map(State.Succeeded.class::cast)
              .flatMap(succeeded -> PreflightReport.read(succeeded.report()))
              .map(PreflightReport::checks)
              .orElse(List.of()));
      draft.holds(ConditionType.PreflightPassed, "Passed", PREFLIGHT_PASSED);
    }
    if (draft.isFalse(ConditionType.Migrated)) {
      migrated();
    }
  }

  private void migrated() {
    draft.holds(
        ConditionType.Migrated,
        "Migrated",
        "The schema is that of version " + bothy.getSpec().version());
  }

  private Optional<Step> database() {
    return switch (jobs.state(Purpose.PREPARE_DATABASE)) {
      case State.Succeeded succeeded -> Optional.empty();
      case State.Running running ->
          Optional.of(
              Step.waiting(
                  Phase.Preparing,
                  "TrialStarts",
                  running
                      .trouble()
                      .or(() -> PodTroubles.of(pods(List.of("postgresql"))))
                      .orElse("The trial's PostgreSQL starts, and its database is made")));
      case State.Failed failed -> {
        draft.fails(
            ConditionType.TrialPrepared, "DatabaseNotPrepared", LogWords.of(failed.report()));
        yield retry(
            Purpose.PREPARE_DATABASE,
            failed,
            draft.since(ConditionType.TrialPrepared),
            "TrialNotPrepared",
            "The trial's database could not be made: "
                + PodTroubles.of(pods(List.of("postgresql"))).orElse(LogWords.of(failed.report())));
      }
    };
  }

  /// The preflight would find what still starts to be missing.
  private Optional<Step> services() {
    List<String> components = List.of("keycloak", "openbao");
    List<Pod> pods = pods(components);
    return components.stream().allMatch(component -> isUp(component, pods))
        ? Optional.empty()
        : Optional.of(
            Step.waiting(
                Phase.Preparing,
                "TrialStarts",
                PodTroubles.of(pods)
                    .orElse(
                        "The trial's Keycloak and OpenBao start; the first time takes minutes")));
  }

  private Optional<Step> realm() {
    return switch (jobs.state(Purpose.REALM)) {
      case State.Succeeded succeeded -> Optional.empty();
      case State.Running running ->
          Optional.of(
              Step.waiting(
                  Phase.Preparing,
                  "TrialStarts",
                  running.trouble().orElse("The client is made in the trial's Keycloak")));
      case State.Failed failed -> {
        String why = LogWords.of(failed.report());
        draft.fails(ConditionType.TrialPrepared, "RealmNotPrepared", why);
        yield retry(
            Purpose.REALM,
            failed,
            draft.since(ConditionType.TrialPrepared),
            "TrialNotPrepared",
            "The realm of the trial's Keycloak could not be set up: " + why);
      }
    };
  }

  private static boolean isUp(String component, List<Pod> pods) {
    return pods.stream()
        .filter(pod -> component.equals(pod.getMetadata().getLabels().get(Names.COMPONENT)))
        .anyMatch(Readiness::isPodReady);
  }

  private Optional<Step> preflight() {
    return switch (jobs.state(Purpose.PREFLIGHT)) {
      case State.Succeeded succeeded -> {
        PreflightReport.read(succeeded.report())
            .ifPresent(report -> draft.preflight(report.checks()));
        draft.holds(ConditionType.PreflightPassed, "Passed", PREFLIGHT_PASSED);
        yield Optional.empty();
      }
      case State.Running running ->
          Optional.of(
              Step.waiting(
                  Phase.Preflight,
                  PREFLIGHT_RUNS,
                  running.trouble().orElse("What the servers will stand on is checked")));
      case State.Failed failed -> {
        PreflightReport report =
            PreflightReport.read(failed.report())
                .orElseGet(
                    () -> PreflightReport.broken(why(failed, PREFLIGHT_RUNS, PREFLIGHT_FAILED)));
        draft.preflight(report.checks());
        String why = report.summary();
        draft.fails(ConditionType.PreflightPassed, "Failed", why);
        yield retry(
            Purpose.PREFLIGHT,
            failed,
            draft.since(ConditionType.PreflightPassed),
            PREFLIGHT_FAILED,
            "Preflight: " + why);
      }
    };
  }

  private Optional<Step> migration() {
    return switch (jobs.state(Purpose.MIGRATE)) {
      case State.Succeeded succeeded -> {
        migrated();
        yield Optional.empty();
      }
      case State.Running running ->
          Optional.of(
              Step.waiting(
                  Phase.Migrating,
                  MIGRATION_RUNS,
                  running
                      .trouble()
                      .orElse("The schema is brought to version " + bothy.getSpec().version())));
      case State.Failed failed -> {
        String why = why(failed, MIGRATION_RUNS, MIGRATION_FAILED);
        draft.fails(ConditionType.Migrated, "Failed", why);
        yield retry(
            Purpose.MIGRATE,
            failed,
            draft.since(ConditionType.Migrated),
            MIGRATION_FAILED,
            "Migration: " + why);
      }
    };
  }

  /// What a Job that failed left. One that had to be ended left nothing but that: why it never came
  /// to its end was said while it ran, and stays said.
  ///
  /// @param running what the condition's reason was while it ran
  /// @param blocked what it is since
  private String why(State.Failed failed, String running, String blocked) {
    String left = LogWords.of(failed.report());
    return failed.overdue()
        ? left
            + draft
                .said(ConditionType.Ready, running)
                .filter(message -> message.startsWith("pod "))
                .or(() ->
                    draft
                        .said(ConditionType.Ready, blocked)
                        .filter(message -> message.contains(BEFORE))
                        .map(message ->
                            message.substring(message.indexOf(BEFORE) + BEFORE.length())))
                .map(trouble -> BEFORE + trouble)
                .orElse("")
        : left;
  }

  /// A Job that failed is begun anew after a while that grows with the time since it first failed.
  private Optional<Step> retry(
      Purpose purpose,
      State.Failed failed,
      Optional<Instant> failing,
      String reason,
      String message) {
    Instant now = clock.instant();
    Duration pause =
        failing
            .map(since -> Duration.between(since, now).dividedBy(2))
            .filter(half -> half.compareTo(SHORTEST_RETRY) > 0)
            .map(half -> half.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : half)
            .orElse(SHORTEST_RETRY);
    Duration left = Duration.between(now, failed.at().plus(pause));
    if (!left.isPositive()) {
      jobs.again(purpose);
      left = LOOK_AGAIN;
    }
    return Optional.of(Step.blocked(reason, message, left.compareTo(MENDED) > 0 ? MENDED : left));
  }

  private List<Pod> pods(List<String> components) {
    return client
        .pods()
        .inNamespace(bothy.getMetadata().getNamespace())
        .withLabelIn(Names.COMPONENT, components.toArray(String[]::new))
        .list()
        .getItems();
  }
}
