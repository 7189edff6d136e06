package dev.bothy.platform.retention;

import dev.bothy.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Looks into every row of every table, past all policies.
final class WholeDatabase {
  private WholeDatabase() {}

  /// Runs a statement as a superuser; `?` are the values.
  static void run(String statement, Object... values) {
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        PreparedStatement prepared = superuser.prepareStatement(statement)) {
      for (int place = 0; place < values.length; place++) {
        prepared.setObject(place + 1, values[place]);
      }
      prepared.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /// The tables in which a row has this text, in a column of text or of bytes.
  static Set<String> tablesWith(String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    Set<String> found = new TreeSet<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement statement = superuser.createStatement()) {
      for (String table : tables(statement)) {
        String has =
            "select exists (select from bothy.%s t where t::text like '%%%s%%' or t::text like '%%%s%%')"
                .formatted(table, text, hex);
        try (ResultSet row = statement.executeQuery(has)) {
          row.next();
          if (row.getBoolean(1)) {
            found.add(table);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select relname from pg_class where relkind = 'r'"
                + " and relnamespace = 'bothy'::regnamespace")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
