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
