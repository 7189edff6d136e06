package dev.bothy.operator.backup;

import dev.bothy.operator.api.Backup;
import dev.bothy.operator.api.BackupSchedule;
import dev.bothy.operator.api.BackupStatus.Phase;
import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothyStatus;
import dev.bothy.operator.jobs.JobPlan;
import dev.bothy.operator.jobs.LogWords;
import dev.bothy.operator.jobs.Progress;
import dev.bothy.operator.jobs.Purpose;
import dev.bothy.operator.jobs.ServerJobs;
import dev.bothy.operator.jobs.ServerJobs.State;
import dev.bothy.operator.jobs.ToolReport;
import dev.bothy.operator.jobs.ToolReport.BackupFacts;
import dev.bothy.operator.jobs.ToolReport.Outcome;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One look at one backup that has not ended: the Job of each attempt is begun, watched, given up
/// or followed by the next one's. The names of the Jobs follow from the Backup and the attempt, and
/// the status says which attempt it is, so an operator that starts anew goes on where the last one
/// was, whatever it came to write.
final class BackupRun {
  /// Jobs that are begun until it is given up.
  static final int ATTEMPTS = 5;

  /// Between a Job that failed and the next one; the last pause is kept for all others.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30));

  static final Duration LOOK = Duration.ofSeconds(5);

  /// Ten gigabytes take minutes; a backup that runs for so long would be due again.
  private static final Duration DEADLINE = Duration.ofHours(20);

  /// A pod that nobody can start is given up after this: another node, or a mended Secret, may take
  /// the next one.
  private static final Duration STUCK_AT_START = Duration.ofMinutes(10);

  /// Progress is written each second, and the longest step without any is a retry at the store.
  private static final Duration STUCK = Duration.ofMinutes(30);

  private static final int REFUSED = 3;
  private static final String TRIES_AGAIN = "TriesAgain";

  private final KubernetesClient client;
  private final Backup backup;
  private final @Nullable Bothy bothy;
  private final BackupDraft draft;
  private final Instant now;
  private final Gate gate;
  private final BackupMarks marks;
  private final @Nullable ServerJobs jobs;

  BackupRun(
      KubernetesClient client,
      Backup backup,
      @Nullable Bothy bothy,
      BackupDraft draft,
      Instant now,
      Gate gate) {
    this.client = client;
    this.backup = backup;
    this.bothy = bothy;
    this.draft = draft;
    this.now = now;
    this.gate = gate;
    this.marks = new BackupMarks(client, backup.getMetadata().getNamespace());
    this.jobs = bothy == null ? null : new ServerJobs(client, bothy);
  }

  /// @return when to look again
  Duration look() {
    ServerJobs found = jobs;
    if (bothy == null || found == null) {
      return begin(1);
    }
    int attempt = draft.attempts();
    // One that was begun before the status could be written.
    if (found.found(nameOf(attempt + 1)).isPresent()) {
      draft.begun(attempt + 1);
      attempt++;
    }
    if (attempt == 0) {
      return begin(1);
    }
    int current = attempt;
    return found
        .found(nameOf(current))
        .map(state -> look(current, state))
        .orElseGet(() -> vanished(current));
  }

  private Duration look(int attempt, State state) {
    return switch (state) {
      case State.Running running -> running(attempt, running);
      case State.Succeeded succeeded ->
          ToolReport.read(succeeded.report())
              .flatMap(report -> Optional.ofNullable(report.backup()))
              .map(facts -> succeeded(succeeded.report(), facts))
              .orElseGet(() ->
                  failed(attempt, now, "ReportLost", "its report is lost: " + succeeded.report()));
      case State.Failed failed -> failed(attempt, failed);
    };
  }

  private Duration running(int attempt, State.Running running) {
    if (draft.phase() != Phase.Running) {
      draft.begun(attempt);
    }
    Optional<Progress> progress = jobs().progress(nameOf(attempt));
    if (progress.isPresent() && !progress.get().isSaid()) {
      draft.runsUnseen(progress.get().words());
      return LOOK;
    }
    draft.runs(progress.map(Progress::words).orElse(null), running.trouble().orElse("It runs"));
    Duration still = Duration.between(draft.progressAt(), now);
    Duration patience = running.trouble().isPresent() ? STUCK_AT_START : STUCK;
    if (still.compareTo(patience) < 0) {
      return LOOK;
    }
    jobs().remove(nameOf(attempt));
    return failed(
        attempt,
        now,
        "Stuck",
        running
            .trouble()
            .orElseGet(() ->
                "it did not get on for %d minutes and was ended".formatted(still.toMinutes())));
  }

  private Duration succeeded(String text, BackupFacts facts) {
    ToolReport report = ToolReport.read(text).orElseThrow();
    String letters = report.kept().get(facts.id());
    if (letters != null) {
      marks.classes(backup, letters);
    }
    // Before the status says that it is over: who is ended here does it again.
    marks.retention(report.kept(), report.pruned());
    String pruned =
        report.pruned().isEmpty()
            ? ""
            : "; %d older ones were removed".formatted(report.pruned().size());
    draft.succeeds(
        facts, (report.message().isEmpty() ? "It is in the store" : report.message()) + pruned);
    return LOOK;
  }

  private Duration failed(int attempt, State.Failed failed) {
    Optional<ToolReport> report = ToolReport.read(failed.report());
    boolean refused =
        report.map(each -> each.outcome() == Outcome.REFUSED).orElse(false)
            || failed.exitCode().orElse(1) == REFUSED;
    String reason =
        report.map(ToolReport::reason).filter(word -> !word.isEmpty()).orElse(why(failed));
    String message =
        report
            .map(ToolReport::message)
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> LogWords.of(failed.report()));
    if (refused) {
      draft.fails(reason, message + ". It is not tried again, since that would not help");
      return LOOK;
    }
    return failed(attempt, failed.at(), reason, message);
  }

  /// What one that left no report must have come to.
  private static String why(State.Failed failed) {
    if (failed.overdue()) {
      return "Overdue";
    }
    // 1 is the tool's own word; all others are those of whoever ended it.
    return failed.exitCode().orElse(0) == 1 ? "Failed" : "Killed";
  }

  /// Somebody took the Job away, or its namespace's controller did.
  private Duration vanished(int attempt) {
    return switch (draft.phase()) {
      case Running ->
          failed(attempt, now, "Killed", "its Job is gone: somebody took it away while it ran");
      case Pending, Succeeded, Failed -> retry(attempt, draft.retryAt().orElse(now));
    };
  }

  private Duration failed(int attempt, Instant at, String reason, String message) {
    if (attempt >= ATTEMPTS) {
      draft.fails(reason, "%s. It was tried %d times and is given up".formatted(message, attempt));
      return LOOK;
    }
    Instant again = draft.retryAt().orElse(at.plus(pause(attempt)));
    draft.failedFor(
        again,
        reason.isEmpty() ? TRIES_AGAIN : reason,
        "Try %d of %d: %s. The next one begins at %s".formatted(attempt, ATTEMPTS, message, again));
    return retry(attempt, again);
  }

  private static Duration pause(int attempt) {
    return PAUSES.get(Math.min(attempt, PAUSES.size()) - 1);
  }

  private Duration retry(int attempt, Instant again) {
    return now.isBefore(again) ? shorter(Duration.between(now, again)) : begin(attempt + 1);
  }

  private static Duration shorter(Duration left) {
    return left.compareTo(LOOK) > 0 ? LOOK : left;
  }

  private Duration begin(int attempt) {
    Optional<Gate.Closed> closed = gate.closed(backup, bothy);
    if (closed.isPresent()) {
      draft.waits(closed.get().reason(), closed.get().message());
      return LOOK;
    }
    jobs().state(plan(attempt));
    draft.begun(attempt);
    return LOOK;
  }

  private JobPlan plan(int attempt) {
    Bothy installation = Objects.requireNonNull(bothy);
    return JobPlan.of(nameOf(attempt), Purpose.BACKUP, backup, DEADLINE)
        .withMoreArguments(installation, arguments(installation))
        .withLabels(Map.of(Labels.BACKUP, Labels.value(backup)))
        .withPod(pod -> asServes(pod, installation.getStatus()));
  }

  private List<String> arguments(Bothy installation) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--name=" + backup.getMetadata().getName());
    arguments.addAll(
        Keeping.arguments(
            backup,
            installation,
            client
                .resources(BackupSchedule.class)
                .inNamespace(backup.getMetadata().getNamespace())
                .list()
                .getItems()));
    return arguments;
  }

  /// The settings in force are those of the image that serves, which need not be the one that is
  /// wanted.
  private static PodSpec asServes(PodSpec pod, @Nullable BothyStatus status) {
    if (status != null && status.image() != null) {
      pod.getContainers().getFirst().setImage(status.image());
    }
    return pod;
  }

  private String nameOf(int attempt) {
    return "%s-backup-%s-%d".formatted(Bothy.NAME, idOf(backup), attempt);
  }

  /// Short, since a Job's name is, and another one for a Backup that has an old one's name.
  private static String idOf(Backup backup) {
    return UUID.nameUUIDFromBytes(backup.getMetadata().getUid().getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .substring(0, 10);
  }

  private ServerJobs jobs() {
    return Objects.requireNonNull(jobs);
  }
}
