package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec.Mode;
import dev.bothy.operator.api.BothyStatus.Phase;
import dev.bothy.operator.installation.ServerJobs.State;
import dev.bothy.operator.installation.StatusDraft.ConditionType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What has to be well before servers of a revision start: in a trial its database and its OpenBao,
/// then the preflight, then the migration. All but the OpenBao is a Job.
final class Preparation {
  private static final String PREFLIGHT_PASSED = "Everything that was checked is well";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(10);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final Bothy bothy;
  private final StatusDraft draft;
  private final Clock clock;
  private final ServerJobs jobs;
  private final Supplier<Optional<Step>> openBao;

  /// @param openBao in a trial sets its OpenBao up, and says what is in the way
  Preparation(
      KubernetesClient client,
      Bothy bothy,
      String revision,
      StatusDraft draft,
      Clock clock,
      Supplier<Optional<Step>> openBao) {
    this.client = client;
    this.bothy = bothy;
    this.draft = draft;
    this.clock = clock;
    this.jobs = new ServerJobs(client, bothy, revision);
    this.openBao = openBao;
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
      unfinished = database().or(this::services).or(openBao);
    }
    return unfinished.or(() -> preflight()).or(() -> migration());
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
                      .or(() -> PodTroubles.of(pods("postgresql")))
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
                + PodTroubles.of(pods("postgresql")).orElse(LogWords.of(failed.report())));
      }
    };
  }

  /// The preflight would find what still starts to be missing.
  private Optional<Step> services() {
    List<Pod> pods = pods("keycloak", "openbao");
    return pods.stream().allMatch(Readiness::isPodReady)
        ? Optional.empty()
        : Optional.of(
            Step.waiting(
                Phase.Preparing,
                "TrialStarts",
                PodTroubles.of(pods)
                    .orElse(
                        "The trial's Keycloak and OpenBao start; the first time takes minutes")));
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
                  "PreflightRuns",
                  running.trouble().orElse("What the servers will stand on is checked")));
      case State.Failed failed -> {
        Optional<PreflightReport> report = PreflightReport.read(failed.report());
        report.ifPresent(read -> draft.preflight(read.checks()));
        String why =
            report
                .map(PreflightReport::summary)
                .orElseGet(() -> "It did not come to its end: " + LogWords.of(failed.report()));
        draft.fails(ConditionType.PreflightPassed, "Failed", why);
        yield retry(
            Purpose.PREFLIGHT,
            failed,
            draft.since(ConditionType.PreflightPassed),
            "PreflightFailed",
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
                  "MigrationRuns",
                  running
                      .trouble()
                      .orElse("The schema is brought to version " + bothy.getSpec().version())));
      case State.Failed failed -> {
        String why = LogWords.of(failed.report());
        draft.fails(ConditionType.Migrated, "Failed", why);
        yield retry(
            Purpose.MIGRATE,
            failed,
            draft.since(ConditionType.Migrated),
            "MigrationFailed",
            "Migration: " + why);
      }
    };
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
    return Optional.of(Step.blocked(reason, message, left));
  }

  private List<Pod> pods(String... components) {
    return client
        .pods()
        .inNamespace(bothy.getMetadata().getNamespace())
        .withLabelIn(Names.COMPONENT, components)
        .list()
        .getItems();
  }
}
