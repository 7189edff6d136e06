package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.HealthReporter;
import dev.bothy.platform.operation.PartHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Whether what came in and what is to go out is worked on in time.
@Component
class WorkHealth implements HealthReporter {
  /// Retries of a network that hiccups take up to a minute; longer means that something is stuck.
  private static final Duration LATE = Duration.ofMinutes(2);

  private static final String NAME = "Work queues";

  private final Backlog backlog;
  private final Clock clock;

  WorkHealth(Backlog backlog, Clock clock) {
    this.backlog = backlog;
    this.clock = clock;
  }

  @Override
  public List<PartHealth> report(WorkspaceId workspace) {
    try {
      return List.of(health(backlog.depths(), clock.instant()));
    } catch (DataAccessException | TransactionException _) {
      return List.of(
          PartHealth.down(NAME, "They wait for the database; nothing is lost meanwhile.", null));
    }
  }

  static PartHealth health(List<Backlog.Depth> depths, Instant now) {
    Optional<Backlog.Depth> oldest =
        depths.stream()
            .filter(depth -> depth.waiting() > 0)
            .max(Comparator.comparing(Backlog.Depth::oldest));
    if (oldest.isEmpty()) {
      return PartHealth.ok(NAME, "Nothing waits.");
    }
    long waiting = depths.stream().mapToLong(Backlog.Depth::waiting).sum();
    String sentence =
        (waiting == 1 ? "1 item waits" : waiting + " items wait")
            + ", the oldest in the "
            + oldest.get().queue()
            + " for "
            + inWords(oldest.get().oldest())
            + ".";
    return oldest.get().oldest().compareTo(LATE) < 0
        ? PartHealth.ok(NAME, sentence)
        : PartHealth.degraded(
            NAME,
            sentence + " Nothing is lost; the server's log says what it waits for.",
            now.minus(oldest.get().oldest()));
  }

  private static String inWords(Duration time) {
    if (time.toMinutes() < 1) {
      return Math.max(1, time.toSeconds()) + " s";
    }
    return time.toHours() < 1 ? time.toMinutes() + " min" : time.toHours() + " h";
  }
}
