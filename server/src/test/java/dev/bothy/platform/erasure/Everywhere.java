package dev.bothy.platform.erasure;

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
import java.util.Locale;

/// Looks for a text in every row of every table, as a superuser: as it is, and as the bytes of a
/// column that is not text.
final class Everywhere {
  private Everywhere() {}

  /// The tables that have the text, by name.
  static List<String> tablesWith(String text) {
    String hex =
        HexFormat.of().formatHex(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      for (String table : tables(superuser)) {
        try (PreparedStatement look =
            superuser.prepareStatement(
                "select exists (select from bothy."
                    + table
                    + " t where strpos(lower(t::text), ?) > 0 or strpos(t::text, ?) > 0)")) {
          look.setString(1, text.toLowerCase(Locale.ROOT));
          look.setString(2, hex);
          try (ResultSet row = look.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
              found.add(table);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static List<String> tables(Connection superuser) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement all = superuser.createStatement();
        ResultSet row =
            all.executeQuery(
                "select relname from pg_class where relnamespace = 'bothy'::regnamespace"
                    + " and relkind = 'r' order by relname")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }
}
