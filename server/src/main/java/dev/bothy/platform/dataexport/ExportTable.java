package dev.bothy.platform.dataexport;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.privacy.RetentionClock;
import dev.bothy.platform.retention.RetentionSettings;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of exports. Called within a transaction of the workspace.
@Component
class ExportTable {
  static final Purpose PART = new Purpose(Purpose.PLATFORM, "dataexport.part");

  private static final String SELECT =
      "select id, requested_by, person_id, requested_at, state, problem, place,"
          + " cardinality(plan) as tables, rows_written, size_bytes, ready_at from data_export";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Keys keys;
  private final RetentionSettings settings;
  private final Clock clock;

  ExportTable(
      JdbcClient jdbc, Workspaces workspaces, Keys keys, RetentionSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
  }

  /// An export that is being made, and how far it has come.
  ///
  /// @param place which table of the plan is next
  /// @param after the last row that was written of it; null for none
  /// @param volume the number of the table's next file
  record Progress(
      UUID id,
      @Nullable PersonId about,
      Instant requestedAt,
      List<String> plan,
      int place,
      @Nullable String after,
      int volume,
      int parts,
      long bytes) {}

  UUID insert(PersonId by, @Nullable PersonId about, List<String> plan) {
    UUID id = Ids.next(clock);
    jdbc.sql(
            "insert into data_export (workspace_id, id, requested_by, person_id, requested_at,"
                + " state, plan) values (:workspace, :id, :by, :about, :now, 'running', :plan)")
        .param("workspace", workspaces.current().value())
        .param("id", id)
        .param("by", by.value())
        .param("about", about == null ? null : about.value(), Types.OTHER)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("plan", plan.toArray(String[]::new))
        .update();
    return id;
  }

  /// One that is being made; the row is locked until the transaction ends. Empty if there is none.
  Optional<Progress> lock(UUID id) {
    return jdbc.sql("select * from data_export where id = ? and state = 'running' for update")
        .param(id)
        .query(ExportTable::toProgress)
        .optional();
  }

  Optional<DataExport> find(UUID id) {
    return jdbc.sql(SELECT + " where id = ?").param(id).query(toExport()).optional();
  }

  /// Newest first.
  List<DataExport> of(PersonId requestedBy) {
    return jdbc.sql(SELECT + " where requested_by = ? order by requested_at desc, id desc limit 50")
        .param(requestedBy.value())
        .query(toExport())
        .list();
  }

  /// Lets no other request of this person be decided until the transaction ends.
  void lockFor(PersonId requestedBy) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param("data-export/" + workspaces.current() + "/" + requestedBy)
        .query(row -> {});
  }

  /// Those of this person that are being made, or ready and not expired.
  int count(PersonId requestedBy) {
    return jdbc.sql(
            "select count(*) from data_export where requested_by = ?"
                + " and (state = 'running' or (state = 'ready' and requested_at > ?))")
        .params(
            requestedBy.value(),
            clock.instant().minus(settings.kept(RetentionClock.EXPORTS)).atOffset(ZoneOffset.UTC))
        .query(Integer.class)
        .single();
  }

  boolean delete(UUID id) {
    return jdbc.sql("delete from data_export where id = ?").param(id).update() > 0;
  }

  /// Adds a piece of the archive, and the files in it.
  ///
  /// @param next where the export goes on
  void append(Progress now, List<Piece> files, Progress next) {
    long offset = now.bytes();
    int number = fileCount(now.id());
    for (Piece file : files) {
      jdbc.sql("insert into data_export_file values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .params(
              workspaces.current().value(),
              now.id(),
              number++,
              file.packed().name(),
              file.source(),
              file.rows(),
              file.packed().size(),
              file.packed().compressed(),
              offset,
              file.packed().crc(),
              file.sha256())
          .update();
      offset += file.packed().bytes().length;
    }
    part(now.id(), now.parts(), join(files));
    long rows = files.stream().mapToLong(Piece::rows).max().orElse(0);
    jdbc.sql(
            "update data_export set place = ?, volume = ?, parts = parts + 1,"
                + " rows_written = rows_written + ?, size_bytes = ? where id = ?")
        .params(next.place(), next.volume(), rows, offset, now.id())
        .update();
    after(next);
  }

  /// Goes on with the next table.
  void skip(Progress next) {
    jdbc.sql("update data_export set place = ?, volume = ? where id = ?")
        .params(next.place(), next.volume(), next.id())
        .update();
    after(next);
  }

  private void after(Progress next) {
    jdbc.sql("update data_export set after = :after where id = :id")
        .param("after", next.after())
        .param("id", next.id())
        .update();
  }

  private static byte[] join(List<Piece> files) {
    byte[] all = new byte[files.stream().mapToInt(file -> file.packed().bytes().length).sum()];
    int at = 0;
    for (Piece file : files) {
      System.arraycopy(file.packed().bytes(), 0, all, at, file.packed().bytes().length);
      at += file.packed().bytes().length;
    }
    return all;
  }

  private void part(UUID export, int number, byte[] content) {
    UUID id = Ids.next(clock);
    jdbc.sql(
            "insert into data_export_part (workspace_id, id, export_id, number, size_bytes,"
                + " content) values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            export,
            number,
            content.length,
            keys.seal(PART, id, content).bytes())
        .update();
  }

  void finish(Progress now, byte[] directory) {
    part(now.id(), now.parts(), directory);
    jdbc.sql(
            "update data_export set state = 'ready', ready_at = ?, parts = parts + 1,"
                + " size_bytes = size_bytes + ? where id = ?")
        .params(clock.instant().atOffset(ZoneOffset.UTC), directory.length, now.id())
        .update();
  }

  /// Ends it without a result; what was made of it goes.
  void end(UUID id, DataExport.State state, String problem) {
    jdbc.sql("delete from data_export_part where export_id = ?").param(id).update();
    jdbc.sql("delete from data_export_file where export_id = ?").param(id).update();
    jdbc.sql("update data_export set state = ?, problem = ? where id = ?")
        .params(state.name().toLowerCase(Locale.ROOT), problem, id)
        .update();
  }

  /// What is about the one is about the other from now.
  void move(PersonId from, PersonId into) {
    jdbc.sql("update data_export set person_id = ? where person_id = ?")
        .params(into.value(), from.value())
        .update();
  }

  /// Those in which this person may be.
  List<UUID> thatMayHave(PersonId person) {
    return jdbc.sql(
            "select id from data_export where (person_id is null or person_id = ?)"
                + " and state in ('running', 'ready') for update")
        .param(person.value())
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /// All that have rows, or may have.
  List<UUID> unfinishedOrReady() {
    return jdbc.sql("select id from data_export where state in ('running', 'ready') for update")
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  int fileCount(UUID export) {
    return jdbc.sql("select count(*) from data_export_file where export_id = ?")
        .param(export)
        .query(Integer.class)
        .single();
  }

  List<ZipPart.Listed> directory(UUID export) {
    return jdbc.sql(
            "select name, size_bytes, compressed_bytes, crc, offset_bytes from data_export_file"
                + " where export_id = ? order by number")
        .param(export)
        .query((row, _) ->
            new ZipPart.Listed(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
        .list();
  }

  List<Manifest.File> manifest(UUID export) {
    return jdbc.sql(
            "select name, source, rows_written, size_bytes, encode(sha256, 'hex')"
                + " from data_export_file where export_id = ? order by number")
        .param(export)
        .query((row, _) ->
            new Manifest.File(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5)))
        .list();
  }

  /// The sizes of the archive's pieces, in order.
  List<Long> sizes(UUID export) {
    return jdbc.sql("select size_bytes from data_export_part where export_id = ? order by number")
        .param(export)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  /// A piece of the archive, opened; empty when it is gone.
  Optional<byte[]> part(UUID export, int number) {
    return jdbc.sql("select id, content from data_export_part where export_id = ? and number = ?")
        .params(export, number)
        .query(
            (row, _) -> keys.open(PART, row.getObject(1, UUID.class), new Sealed(row.getBytes(2))))
        .optional();
  }

  private static Progress toProgress(ResultSet row, int number) throws SQLException {
    UUID about = row.getObject("person_id", UUID.class);
    Array plan = row.getArray("plan");
    return new Progress(
        row.getObject("id", UUID.class),
        about == null ? null : new PersonId(about),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        List.of((String[]) plan.getArray()),
        row.getInt("place"),
        row.getString("after"),
        row.getInt("volume"),
        row.getInt("parts"),
        row.getLong("size_bytes"));
  }

  private RowMapper<DataExport> toExport() {
    Duration kept = settings.kept(RetentionClock.EXPORTS);
    return (row, _) -> toExport(row, kept);
  }

  private static DataExport toExport(ResultSet row, Duration kept) throws SQLException {
    UUID about = row.getObject("person_id", UUID.class);
    OffsetDateTime ready = row.getObject("ready_at", OffsetDateTime.class);
    Instant requestedAt = row.getObject("requested_at", OffsetDateTime.class).toInstant();
    Instant readyAt = ready == null ? null : ready.toInstant();
    return new DataExport(
        row.getObject("id", UUID.class),
        new PersonId(row.getObject("requested_by", UUID.class)),
        about == null ? null : new PersonId(about),
        requestedAt,
        DataExport.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getInt("place"),
        row.getInt("tables"),
        row.getLong("rows_written"),
        row.getLong("size_bytes"),
        row.getString("problem"),
        readyAt,
        readyAt == null ? null : requestedAt.plus(kept));
  }
}
