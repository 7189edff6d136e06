package dev.bothy.platform.erasure;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Selection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes rows out of tables that modules have declared, in the way that they say. Row-level
/// security keeps it within the workspace of the transaction.
@Component
class RowEraser {
  /// Rows of one transaction: a fraction of a second, for which others may wait.
  static final int BATCH = 5_000;

  private final JdbcClient jdbc;

  RowEraser(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long count(String table, Selection rows) {
    return jdbc.sql("select count(*) from " + table + " where " + rows.condition())
        .params(rows.parameters())
        .query(Long.class)
        .single();
  }

  /// Changes all these rows.
  ///
  /// @return how many there were
  long all(String table, Change change, Selection rows) {
    return jdbc.sql(verb(table, change) + " where " + rows.condition())
        .params(rows.parameters())
        .update();
  }

  /// Changes up to a [#BATCH] of these rows. One that somebody else changes at the same moment may
  /// be left for the next batch.
  ///
  /// @return how many; 0 when none is left
  int batch(String table, Change change, Selection rows) {
    return jdbc.sql(
            "%s where ctid = any (array(select ctid from %s where %s limit %d))"
                .formatted(verb(table, change), table, rows.condition(), BATCH))
        .params(rows.parameters())
        .update();
  }

  private static String verb(String table, Change change) {
    return switch (change) {
      case Change.Delete _ -> "delete from " + table;
      case Change.Assign(String assignments) -> "update " + table + " set " + assignments;
    };
  }
}
