package dev.bothy.platform.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The counters of identity columns, which go on after the highest number that was loaded.
final class Sequences {
  private Sequences() {}

  static void follow(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select format('select setval(%L, max(%I)) from bothy.%I having max(%I) is not"
                    + " null', pg_get_serial_sequence(format('bothy.%I', c.relname), a.attname),"
                    + " a.attname, c.relname, a.attname) from pg_attribute a join pg_class c"
                    + " on c.oid = a.attrelid where c.relnamespace = 'bothy'::regnamespace"
                    + " and c.relkind = 'r' and pg_get_serial_sequence(format('bothy.%I',"
                    + " c.relname), a.attname) is not null and a.attnum > 0"
                    + " and not a.attisdropped")) {
      while (rows.next()) {
        statements.add(rows.getString(1));
      }
    }
    for (String sql : statements) {
      Loading.execute(connection, sql);
    }
  }
}
