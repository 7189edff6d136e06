package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of absences. Called within a transaction of the workspace.
@Component
class AbsenceTable {
  private static final String COLUMNS =
      "id, connection_id, account, starts_at, ends_at, all_day, source, leave_type";
  private static final String SELECT = "select " + COLUMNS + " from absence";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  AbsenceTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Lets nobody else enter or change absences of this account until the transaction ends: two that
  /// overlap must not both find the time free.
  void lock(ConnectionId connection, String account) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('absence ' || ?, 0))")
        .param(connection + "/" + account)
        .query(row -> {});
  }

  List<Absence> of(ConnectionId connection, Collection<String> accounts, Instant from, Instant to) {
    return jdbc.sql(
            SELECT
                + " where connection_id = ? and account = any(?) and starts_at < ? and ends_at > ?"
                + " order by starts_at, ends_at, id")
        .param(connection.value())
        .param(accounts.toArray(String[]::new))
        .param(column(to))
        .param(column(from))
        .query(AbsenceTable::toAbsence)
        .list();
  }

  List<Absence> page(AbsenceQuery query, int limit) {
    AbsenceQuery.Place after = query.after();
    return jdbc.sql(
            SELECT
                + """
                 where starts_at < :to and ends_at > :from
                  and (cast(:connection as uuid) is null or connection_id = :connection)
                  and (cast(:account as text) is null or account = :account)
                  and (cast(:afterAt as timestamptz) is null
                       or (starts_at, id) > (cast(:afterAt as timestamptz), cast(:afterId as uuid)))
                order by starts_at, id
                limit :limit
                """)
        .param("from", column(query.from()))
        .param("to", column(query.to()))
        .param("connection", query.connection() == null ? null : query.connection().value())
        .param("account", query.account())
        .param("afterAt", after == null ? null : column(after.from()))
        .param("afterId", after == null ? null : after.id())
        .param("limit", limit)
        .query(AbsenceTable::toAbsence)
        .list();
  }

  Optional<Absence> find(UUID id) {
    return jdbc.sql(SELECT + " where id = ?").param(id).query(AbsenceTable::toAbsence).optional();
  }

  /// Those by hand of an account that end after this time.
  int countByHand(ConnectionId connection, String account, Instant after) {
    return jdbc.sql(
            "select count(*) from absence where connection_id = ? and account = ? and ends_at > ?"
                + " and feed is null")
        .param(connection.value())
        .param(account)
        .param(column(after))
        .query(Integer.class)
        .single();
  }

  /// @param feed null for one by hand, and then `externalId` is null as well
  void insert(
      Absence absence, @Nullable UUID feed, @Nullable String externalId, Instant createdAt) {
    jdbc.sql(
            "insert into absence (workspace_id, id, connection_id, account, starts_at, ends_at,"
                + " all_day, source, feed, external_id, leave_type, created_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(workspaces.current().value())
        .param(absence.id())
        .param(absence.connection().value())
        .param(absence.account())
        .param(column(absence.from()))
        .param(column(absence.to()))
        .param(absence.allDay())
        .param(absence.source().id())
        .param(feed)
        .param(externalId)
        .param(absence.leaveType())
        .param(column(createdAt))
        .update();
  }

  void update(Absence absence) {
    jdbc.sql(
            "update absence set connection_id = ?, account = ?, starts_at = ?, ends_at = ?,"
                + " all_day = ?, leave_type = ? where id = ?")
        .param(absence.connection().value())
        .param(absence.account())
        .param(column(absence.from()))
        .param(column(absence.to()))
        .param(absence.allDay())
        .param(absence.leaveType())
        .param(absence.id())
        .update();
  }

  /// @return false when it was gone already
  boolean delete(UUID id) {
    return jdbc.sql("delete from absence where id = ?").param(id).update() > 0;
  }

  void delete(ConnectionId connection) {
    jdbc.sql("delete from absence where connection_id = ?").param(connection.value()).update();
  }

  /// All that an origin told, by its own ids.
  Map<String, Absence> told(AbsenceOrigin origin) {
    Map<String, Absence> found = new HashMap<>();
    jdbc.sql("select external_id, " + COLUMNS + " from absence where source = ? and feed = ?")
        .param(origin.source().id())
        .param(origin.feed())
        .query(row -> {
          found.put(row.getString("external_id"), toAbsence(row, 0));
        });
    return found;
  }

  /// What the origin told under these ids, by them.
  Map<String, Absence> told(AbsenceOrigin origin, Collection<String> externalIds) {
    Map<String, Absence> found = new HashMap<>();
    jdbc.sql(
            "select external_id, "
                + COLUMNS
                + " from absence where source = ? and feed = ? and external_id = any(?)")
        .param(origin.source().id())
        .param(origin.feed())
        .param(externalIds.toArray(String[]::new))
        .query(row -> {
          found.put(row.getString("external_id"), toAbsence(row, 0));
        });
    return found;
  }

  /// @return those that were there
  List<Absence> forget(AbsenceOrigin origin, Collection<String> externalIds) {
    return jdbc.sql(
            "delete from absence where source = ? and feed = ? and external_id = any(?) returning "
                + COLUMNS)
        .param(origin.source().id())
        .param(origin.feed())
        .param(externalIds.toArray(String[]::new))
        .query(AbsenceTable::toAbsence)
        .list();
  }

  /// @return those that were there
  List<Absence> forget(AbsenceOrigin origin) {
    return jdbc.sql("delete from absence where source = ? and feed = ? returning " + COLUMNS)
        .param(origin.source().id())
        .param(origin.feed())
        .query(AbsenceTable::toAbsence)
        .list();
  }

  List<String> known(AbsenceOrigin origin, Instant from, Instant to) {
    return jdbc.sql(
            "select external_id from absence where source = ? and feed = ? and starts_at < ?"
                + " and ends_at > ?")
        .param(origin.source().id())
        .param(origin.feed())
        .param(column(to))
        .param(column(from))
        .query((row, _) -> row.getString("external_id"))
        .list();
  }

  private static OffsetDateTime column(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Absence toAbsence(ResultSet row, int number) throws SQLException {
    return new Absence(
        row.getObject("id", UUID.class),
        new ConnectionId(row.getObject("connection_id", UUID.class)),
        row.getString("account"),
        row.getObject("starts_at", OffsetDateTime.class).toInstant(),
        row.getObject("ends_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("all_day"),
        AbsenceSource.ofId(row.getString("source")),
        row.getString("leave_type"));
  }
}
