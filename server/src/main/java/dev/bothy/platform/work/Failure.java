package dev.bothy.platform.work;

import dev.bothy.platform.kernel.OutOfReach;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// What is known of a failure.
final class Failure {
  private Failure() {}

  /// How it is kept in the database: by the names of its exceptions, never by their messages, which
  /// may quote what people wrote.
  static String nameOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String outer = failure.getClass().getSimpleName();
    String inner = root.getClass().getSimpleName();
    return outer.equals(inner) ? outer : outer + " by " + inner;
  }

  /// Whether it was only that something outside, such as a network, was not reached.
  static boolean isOutOfReach(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof IOException || each instanceof OutOfReach) {
        return true;
      }
      if (each == each.getCause()) {
        return false;
      }
    }
    return false;
  }

  /// The column `age_seconds` of a row.
  static Duration age(ResultSet row) throws SQLException {
    return Duration.ofMillis((long) (row.getDouble("age_seconds") * 1000));
  }
}
