package dev.bothy.platform.calendar;

import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `holiday_region`. Called within a transaction of the workspace.
@Component
class FollowedRegions {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  FollowedRegions(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Those of a calendar, by their code.
  List<FollowedRegion> of(UUID calendar) {
    return jdbc.sql(
            "select region, until_year from holiday_region where calendar_id = ? order by region")
        .param(calendar)
        .query((row, _) -> new FollowedRegion(row.getString("region"), row.getInt("until_year")))
        .list();
  }

  /// Notes until when a region is filled in; never less than it was.
  void put(UUID calendar, FollowedRegion followed) {
    jdbc.sql(
            "insert into holiday_region (workspace_id, calendar_id, region, until_year)"
                + " values (?, ?, ?, ?) on conflict (workspace_id, calendar_id, region) do update"
                + " set until_year = greatest(holiday_region.until_year, excluded.until_year)")
        .params(workspaces.current().value(), calendar, followed.region(), followed.untilYear())
        .update();
  }

  /// @return false if it was not followed
  boolean delete(UUID calendar, String region) {
    return jdbc.sql("delete from holiday_region where calendar_id = ? and region = ?")
            .params(calendar, region)
            .update()
        > 0;
  }
}
