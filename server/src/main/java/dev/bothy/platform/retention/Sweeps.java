package dev.bothy.platform.retention;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Removes rows whose time is over: batch after batch, each a short transaction of its own, with a
/// rest after each that is three times as long as the batch took, so that at most a quarter of one
/// connection's time goes into it. What is left to do is what the tables hold: a sweep that was
/// broken off leaves nothing half done, and the next one goes on where it stopped.
@Service
public class Sweeps {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
  private static final String SWEPT = "retention.swept";

  /// What a crash of the database undoes is done again, so no batch waits for the disk.
  private static final Map<String, String> LIGHT = Map.of("synchronous_commit", "off");

  /// How many times as long as a batch took is rested after it.
  private static final int RESTS = 3;

  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  private final DueRows dueRows;
  private final RetentionSettings settings;
  private final SweepTable table;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Audit audit;
  private final Metrics metrics;
  private final Clock clock;

  Sweeps(
      DueRows dueRows,
      RetentionSettings settings,
      SweepTable table,
      Workspaces workspaces,
      JdbcClient jdbc,
      Audit audit,
      Metrics metrics,
      Clock clock) {
    this.dueRows = dueRows;
    this.settings = settings;
    this.table = table;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Told after each batch how many rows it had; what it throws ends the sweep there.
  public interface Watch {
    void batch(String table, int rows) throws InterruptedException;

    /// Whether nobody else is held up by the sweep, so that it does not rest between batches.
    default boolean isInAHurry() {
      return false;
    }
  }

  private record Work(List<ClockSetting> settings, List<Due> due) {}

  /// Sweeps the tables of a workspace until nothing is left whose time is over now. Called outside
  /// of any transaction.
  ///
  /// @return what went
  public SweepResult of(WorkspaceId workspace, Watch watch) throws InterruptedException {
    Instant started = clock.instant();
    Work work =
        workspaces.inWorkspace(
            workspace,
            () -> {
              table.begin(started);
              List<ClockSetting> ours = settings.all();
              return new Work(ours, dueRows.find(dueRows.ofWorkspaces(), ours, started, 1));
            });
    Map<String, Long> rows =
        sweep(work, started, watch, batch -> workspaces.inWorkspace(workspace, LIGHT, batch));
    Instant finished = clock.instant();
    return workspaces.inWorkspace(
        workspace,
        () -> {
          table.finish(finished, rows);
          if (!rows.isEmpty()) {
            record(rows);
          }
          return new SweepResult(started, finished, rows);
        });
  }

  /// Sweeps the tables that belong to no workspace. Called outside of any transaction.
  SweepResult ofInstallation(Watch watch) throws InterruptedException {
    Instant started = clock.instant();
    List<ClockSetting> standard = settings.standard();
    Work work =
        workspaces.forInstallation(
            () -> new Work(standard, dueRows.find(dueRows.ofInstallation(), standard, started, 1)));
    Map<String, Long> rows = sweep(work, started, watch, workspaces::forInstallation);
    return new SweepResult(started, clock.instant(), rows);
  }

  private interface InTransaction {
    Batch run(Supplier<Batch> work);
  }

  /// A table that cannot be swept holds up no other: its failure is thrown when all had their turn,
  /// so that the sweep does not count as finished and comes again.
  private Map<String, Long> sweep(Work work, Instant now, Watch watch, InTransaction transaction)
      throws InterruptedException {
    Map<String, Long> rows = new TreeMap<>();
    List<DataAccessException> failures = new ArrayList<>();
    for (Due due : work.due()) {
      DueRows.Rule rule = new DueRows.Rule(due.table(), due.expiry());
      Instant until = now.minus(rule.kept(work.settings()));
      try {
        sweep(rule, due.oldest(), until, watch, transaction, rows);
      } catch (DataAccessException e) {
        LOG.warn("A batch of {} could not be swept", due.table().table(), e);
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    rows.values().removeIf(count -> count == 0);
    return rows;
  }

  private void sweep(
      DueRows.Rule rule,
      Instant oldest,
      Instant until,
      Watch watch,
      InTransaction transaction,
      Map<String, Long> rows)
      throws InterruptedException {
    String name = rule.table().table();
    Instant from = oldest;
    boolean more = true;
    while (more) {
      Instant begin = clock.instant();
      Instant here = from;
      Batch batch = transaction.run(() -> Batch.of(jdbc, rule, here, until));
      from = batch.last();
      more = batch.rows() == Batch.MOST;
      rows.merge(name, (long) batch.rows(), Long::sum);
      metrics.swept(name, batch.rows());
      watch.batch(name, batch.rows());
      if (more && !watch.isInAHurry()) {
        rest(Duration.between(begin, clock.instant()));
      }
    }
  }

  private static void rest(Duration took) throws InterruptedException {
    Duration wanted = took.multipliedBy(RESTS);
    Duration rest = wanted.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wanted;
    Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
  }

  private void record(Map<String, Long> rows) {
    audit.record(
        new Actor.System(),
        SWEPT,
        new Subject("retention.sweep", workspaces.current().toString()),
        rows.entrySet().stream()
            .collect(
                Collectors.toMap(
                    each -> each.getKey().replace('_', '-'),
                    each -> Long.toString(each.getValue()))));
  }
}
