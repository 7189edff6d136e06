package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/// `row-security`: a policy really hides rows, tried with a table that is never committed.
record RowSecurity(Role migrate) implements Check {
  private static final String NAME = "row-security";

  @Override
  public List<Finding> look() {
    String table = "bothy.preflight_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = migrate.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute("create table " + table + " (workspace text)");
        statement.execute("alter table " + table + " enable row level security");
        statement.execute("alter table " + table + " force row level security");
        statement.execute(
            "create policy mine on "
                + table
                + " using (workspace = current_setting('bothy.preflight', true)) with check (true)");
        statement.execute("insert into " + table + " values ('one'), ('two')");
        statement.execute("set local bothy.preflight = 'one'");
        try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
          row.next();
          return List.of(finding(row.getInt(1)));
        }
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      return List.of(DatabaseFailure.of(NAME, migrate, e));
    }
  }

  private Finding finding(int seen) {
    return seen == 1
        ? Finding.pass(NAME, "a policy hid a row that belongs to another workspace")
        : Finding.fail(
            NAME,
            "of two rows a policy let " + seen + " be seen instead of 1",
            "Take SUPERUSER and BYPASSRLS from "
                + migrate.user()
                + " (db/roles.sql does it), and let PostgreSQL run with row_security = on");
  }
}
