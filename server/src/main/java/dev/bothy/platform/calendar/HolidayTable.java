package dev.bothy.platform.calendar;

import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of holiday calendars. Called within a transaction of the workspace.
@Component
class HolidayTable {
  private static final String SELECT =
      "select c.id, c.name, h.day, h.name as day_name from holiday_calendar c left join holiday h"
          + " on h.workspace_id = c.workspace_id and h.calendar_id = c.id";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  HolidayTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Those that are not deleted, by name.
  List<HolidayCalendar> living() {
    return read(
        jdbc.sql(SELECT + " where c.deleted_at is null order by lower(c.name), c.id, h.day"));
  }

  Optional<HolidayCalendar> living(UUID id) {
    return read(jdbc.sql(SELECT + " where c.id = ? and c.deleted_at is null").param(id)).stream()
        .findFirst();
  }

  /// Deleted or not.
  Optional<HolidayCalendar> any(UUID id) {
    return read(jdbc.sql(SELECT + " where c.id = ?").param(id)).stream().findFirst();
  }

  void insert(UUID id, String name, Instant now) {
    jdbc.sql(
            "insert into holiday_calendar (workspace_id, id, name, created_at)"
                + " values (?, ?, ?, ?)")
        .param(workspaces.current().value())
        .param(id)
        .param(name)
        .param(now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Those that are in the bin, the latest first.
  List<HolidayCalendar> deleted() {
    return read(
        jdbc.sql(SELECT + " where c.deleted_at is not null order by c.deleted_at desc, c.id"));
  }

  /// The calendar that has this name, in any case, and is not deleted.
  Optional<UUID> named(String name) {
    return jdbc.sql(
            "select id from holiday_calendar where lower(name) = lower(?) and deleted_at is null")
        .param(name)
        .query((row, _) -> row.getObject("id", UUID.class))
        .optional();
  }

  /// Lets nobody else make, name or bring back calendars until the transaction ends.
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('holiday_calendar ' || ?, 0))")
        .param(workspaces.current().toString())
        .query(row -> {});
  }

  void rename(UUID id, String name) {
    jdbc.sql("update holiday_calendar set name = ? where id = ?").param(name).param(id).update();
  }

  void setDeleted(UUID id, @Nullable Instant at) {
    jdbc.sql("update holiday_calendar set deleted_at = ? where id = ?")
        .param(at == null ? null : at.atOffset(ZoneOffset.UTC))
        .param(id)
        .update();
  }

  /// Ends one that is in the bin, with its days.
  ///
  /// @return false when it is not in the bin
  boolean erase(UUID id) {
    return jdbc.sql("delete from holiday_calendar where id = ? and deleted_at is not null")
            .param(id)
            .update()
        > 0;
  }

  void setDays(UUID id, SortedMap<LocalDate, String> days) {
    jdbc.sql("delete from holiday where calendar_id = ?").param(id).update();
    jdbc.sql(
            "insert into holiday (workspace_id, calendar_id, day, name)"
                + " select ?, ?, day, name from unnest(?::date[], ?) as told (day, name)")
        .param(workspaces.current().value())
        .param(id)
        .param(days.keySet().stream().map(LocalDate::toString).toArray(String[]::new))
        .param(days.values().toArray(String[]::new))
        .update();
  }

  private static List<HolidayCalendar> read(JdbcClient.StatementSpec statement) {
    Map<UUID, String> names = new LinkedHashMap<>();
    Map<UUID, SortedMap<LocalDate, String>> days = new LinkedHashMap<>();
    statement.query((ResultSet row) -> {
      UUID id = row.getObject("id", UUID.class);
      names.put(id, row.getString("name"));
      SortedMap<LocalDate, String> own = days.computeIfAbsent(id, _ -> new TreeMap<>());
      LocalDate day = row.getObject("day", LocalDate.class);
      if (day != null) {
        own.put(day, row.getString("day_name"));
      }
    });
    List<HolidayCalendar> calendars = new ArrayList<>();
    days.forEach(
        (id, own) -> calendars.add(new HolidayCalendar(id, names.getOrDefault(id, ""), own)));
    return calendars;
  }
}
