package dev.bothy.platform.keymanagement;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.DataKeys;
import dev.bothy.platform.keys.Reencryption;
import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.work.ScheduleHandler;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/// Replaces data keys: a new one seals from now on, and what the older ones sealed is sealed anew
/// in the background, a batch at a time. How far it is stands in the database, so that it goes on
/// after a restart. When nothing is left the older keys are kept for a day and then forgotten;
/// while a row is left that does not open, they stay.
@Service
public class Reencryptions implements ScheduleHandler {
  static final String KIND = "keymanagement.reencrypt";

  private static final Logger LOG = LoggerFactory.getLogger(Reencryptions.class);

  /// Rows of one transaction, which others wait for if they change the same rows.
  static final int BATCH = 200;

  /// Between two batches: at most 2,000 rows of a workspace in a second.
  private static final Duration PACE = Duration.ofMillis(100);

  /// Every server knows of the new key by then (it looks once a second), and what was begun before
  /// has ended.
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /// A transaction that read a row before it was sealed anew may still write it back.
  private static final Duration KEPT = Duration.ofDays(1);

  private final DataKeys dataKeys;
  private final Reencryption reencryption;
  private final Schedule schedule;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Metrics metrics;
  private final Clock clock;

  Reencryptions(
      DataKeys dataKeys,
      Reencryption reencryption,
      Schedule schedule,
      Workspaces workspaces,
      JdbcClient jdbc,
      Metrics metrics,
      Clock clock) {
    this.dataKeys = dataKeys;
    this.reencryption = reencryption;
    this.schedule = schedule;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Where the work of one stands.
  private record Place(ReencryptionProgress progress, int column, @Nullable UUID after) {}

  /// Begins to replace the data key of this owner. Called within a transaction of the workspace.
  ///
  /// @return its id; empty if one is under way already
  /// @throws dev.bothy.platform.kernel.OutOfReach while the provider is away
  public Optional<UUID> start(String owner) {
    if (list().stream().anyMatch(each -> each.owner().equals(owner) && each.finishedAt() == null)) {
      return Optional.empty();
    }
    int version = dataKeys.renew(owner);
    UUID id = Ids.next(clock);
    Instant now = clock.instant();
    jdbc.sql(
            "insert into reencryption (workspace_id, id, owner, version, started_at, rows_total)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            owner,
            version,
            column(now),
            remaining(owner, version))
        .update();
    schedule.set(KIND, id, now.plus(SETTLED));
    return Optional.of(id);
  }

  /// Those of the current workspace, newest first.
  public List<ReencryptionProgress> list() {
    return jdbc
        .sql("select * from reencryption order by started_at desc, id desc limit 50")
        .query((row, _) -> toPlace(row))
        .list()
        .stream()
        .map(Place::progress)
        .toList();
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public MissedRun missedRun() {
    return new MissedRun.RunOnce();
  }

  @Override
  public Optional<Instant> run(Due due) {
    return jdbc.sql("select * from reencryption where id = ? for update")
        .param(due.subject())
        .query((row, _) -> toPlace(row))
        .optional()
        .filter(place -> place.progress().droppedAt() == null)
        .flatMap(place ->
            place.progress().finishedAt() == null
                ? Optional.of(goOn(place, due.now()))
                : drop(place.progress(), due.now()));
  }

  private Instant goOn(Place place, Instant now) {
    ReencryptionProgress progress = place.progress();
    List<SealedColumn> columns = reencryption.columnsOf(progress.owner());
    if (place.column() >= columns.size()) {
      return endOfPass(progress, now);
    }
    Reencryption.Batch batch =
        reencryption.batch(columns.get(place.column()), progress.version(), place.after(), BATCH);
    boolean more = batch.last() != null;
    int resealed = batch.resealed();
    int unreadable = batch.unreadable();
    jdbc.sql(
            "update reencryption set column_place = ?, after_row = ?,"
                + " rows_resealed = rows_resealed + ?, rows_unreadable = rows_unreadable + ?"
                + " where id = ?")
        .param(more ? place.column() : place.column() + 1)
        .param(batch.last())
        .param(resealed)
        .param(unreadable)
        .param(progress.id())
        .update();
    workspaces.afterCommit(() -> metrics.reencrypted(resealed, unreadable));
    return now.plus(PACE);
  }

  /// Nothing may be left but what opens with no key; else another pass.
  private Instant endOfPass(ReencryptionProgress progress, Instant now) {
    boolean done = remaining(progress.owner(), progress.version()) <= progress.unreadable();
    jdbc.sql(
            "update reencryption set column_place = 0, after_row = null, finished_at = ?,"
                + " rows_unreadable = case when ? then rows_unreadable else 0 end where id = ?")
        .param(done ? column(now) : null)
        .param(done)
        .param(progress.id())
        .update();
    return now.plus(done ? KEPT : PACE);
  }

  private Optional<Instant> drop(ReencryptionProgress progress, Instant now) {
    long left = remaining(progress.owner(), progress.version());
    if (left == 0) {
      dataKeys.dropBelow(progress.owner(), progress.version());
      jdbc.sql("update reencryption set dropped_at = ? where id = ?")
          .params(column(now), progress.id())
          .update();
      return Optional.empty();
    }
    if (left <= progress.unreadable()) {
      // Nobody can say of a row that was damaged what may still mend it.
      LOG.warn(
          "The older data keys of {} are kept: {} rows that they sealed do not open",
          progress.owner(),
          left);
      return Optional.empty();
    }
    jdbc.sql("update reencryption set finished_at = null, rows_unreadable = 0 where id = ?")
        .param(progress.id())
        .update();
    return Optional.of(now.plus(PACE));
  }

  private long remaining(String owner, int version) {
    return reencryption.columnsOf(owner).stream()
        .mapToLong(column -> reencryption.remaining(column, version))
        .sum();
  }

  @Scheduled(fixedDelayString = "PT30S")
  void measure() {
    metrics.rowsToReencrypt(
        workspaces.forInstallation(
            () -> jdbc.sql("select rows_to_reencrypt()").query(Long.class).single()));
  }

  private static Place toPlace(ResultSet row) throws SQLException {
    return new Place(
        new ReencryptionProgress(
            row.getObject("id", UUID.class),
            row.getString("owner"),
            row.getInt("version"),
            Objects.requireNonNull(instant(row, "started_at")),
            row.getLong("rows_total"),
            row.getLong("rows_resealed"),
            row.getLong("rows_unreadable"),
            instant(row, "finished_at"),
            instant(row, "dropped_at")),
        row.getInt("column_place"),
        row.getObject("after_row", UUID.class));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime column(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
