package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// `clock-database`: this machine's clock agrees with PostgreSQL's.
record DatabaseClock(Role app, Clock clock) implements Check {
  private static final String NAME = "clock-database";

  @Override
  public List<Finding> look() {
    try (Connection connection = app.connect();
        Statement statement = connection.createStatement()) {
      Instant before = clock.instant();
      try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
        Instant after = clock.instant();
        row.next();
        return List.of(
            Drift.between(
                NAME,
                Drift.halfWay(before, after),
                row.getObject(1, OffsetDateTime.class).toInstant(),
                "PostgreSQL's"));
      }
    } catch (SQLException e) {
      return List.of(DatabaseFailure.of(NAME, app, e));
    }
  }
}
