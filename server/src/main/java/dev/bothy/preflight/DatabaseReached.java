package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// `database`: the server's own role gets in, and PostgreSQL is new enough.
record DatabaseReached(Role app) implements Check {
  private static final String NAME = "database";
  private static final int OLDEST = 15;
  private static final int VERSIONS_OF_ONE = 10_000;

  @Override
  public List<Finding> look() {
    try (Connection connection = app.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version_num')::int,"
                    + " split_part(current_setting('server_version'), ' ', 1),"
                    + " (select coalesce(max(version), '') from pg_stat_ssl"
                    + " where pid = pg_backend_pid() and ssl)")) {
      row.next();
      String what = "PostgreSQL " + row.getString(2) + " at " + app.place();
      if (row.getInt(1) / VERSIONS_OF_ONE < OLDEST) {
        return List.of(
            Finding.fail(
                NAME,
                what + " is too old: " + OLDEST + " or newer is needed",
                "Upgrade it, or name another in " + app.setting() + ".url"));
      }
      String tls = row.getString(3);
      return List.of(
          Finding.pass(
              NAME,
              what
                  + " lets "
                  + app.user()
                  + " in, "
                  + (tls.isEmpty() ? "over a link that is not encrypted" : "over " + tls)));
    } catch (SQLException e) {
      return List.of(DatabaseFailure.of(NAME, app, e));
    }
  }
}
