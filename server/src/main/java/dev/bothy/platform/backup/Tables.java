package dev.bothy.platform.backup;

import dev.bothy.platform.backup.BackupFailure.Reason;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tables of Bothy's schema and how their rows are read as text. The histories of the
/// migrations are none of them: migrating makes them anew.
final class Tables {
  /// How much of a table, with its larger values, one chunk is: enough to keep a connection busy
  /// for a while, little enough to spread a table over several.
  static final long CHUNK_BYTES = 64L << 20;

  private static final String LIST =
      """
      select c.relname,
        pg_table_size(c.oid) as bytes,
        pg_relation_size(c.oid) / current_setting('block_size')::int as pages,
        has_table_privilege(c.oid, 'select') as readable,
        not c.relrowsecurity
          or (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
          or (pg_has_role(c.relowner, 'usage') and not c.relforcerowsecurity)
          or exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive
            and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) = 'true'
            and exists (select from unnest(p.polroles) r
              where r = 0 or r = current_user::regrole)) as whole,
        (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and a.attgenerated = '') as columns
      from pg_class c
      where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'
        and not starts_with(c.relname, 'flyway_schema_history')
      order by bytes desc, c.relname
      """;

  private Tables() {}

  /// @param bytes on disk, with its larger values and without its indexes
  /// @param pages of its main file
  record Table(String name, List<String> columns, long bytes, long pages) {
    Table {
      columns = List.copyOf(columns);
    }

    String qualified() {
      return "bothy." + quoted(name);
    }

    String columnList() {
      return String.join(", ", columns.stream().map(Tables::quoted).toList());
    }
  }

  /// Rows of a table that lie in pages beside each other.
  ///
  /// @param toPage the first that is not of it; -1 is to the end
  record Chunk(Table table, int number, long fromPage, long toPage) {
    String copy() {
      String where =
          fromPage == 0 && toPage < 0
              ? ""
              : " where ctid >= '("
                  + fromPage
                  + ",0)'::tid"
                  + (toPage < 0 ? "" : " and ctid < '(" + toPage + ",0)'::tid");
      return "copy (select "
          + table.columnList()
          + " from "
          + table.qualified()
          + where
          + ") to stdout";
    }

    /// About what share of the table it is, in bytes.
    long bytes() {
      if (table.pages() == 0) {
        return table.bytes();
      }
      long last = toPage < 0 ? Math.max(table.pages(), fromPage) : toPage;
      return table.bytes() * (last - fromPage) / table.pages();
    }
  }

  /// The largest first.
  ///
  /// @throws BackupFailure if the role would not see every row of every table
  static List<Table> all(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        String name = rows.getString("relname");
        if (!rows.getBoolean("readable") || !rows.getBoolean("whole")) {
          throw new BackupFailure(
              Reason.NotEnoughPrivileges,
              "%s may not read all rows of the table %s. Run the migrations of this version, which"
                      .formatted(connection.getMetaData().getUserName(), name)
                  + " grant it");
        }
        Array columns = rows.getArray("columns");
        tables.add(
            new Table(
                name,
                Arrays.asList((String[]) columns.getArray()),
                rows.getLong("bytes"),
                rows.getLong("pages")));
      }
    }
    return tables;
  }

  /// @param most bytes of a chunk, about
  static List<Chunk> chunks(Table table, long most) {
    long pages =
        table.bytes() == 0 ? Long.MAX_VALUE : Math.max(1, table.pages() * most / table.bytes());
    List<Chunk> chunks = new ArrayList<>();
    long from = 0;
    while (table.pages() - from > pages) {
      chunks.add(new Chunk(table, chunks.size(), from, from + pages));
      from += pages;
    }
    chunks.add(new Chunk(table, chunks.size(), from, -1));
    return chunks;
  }

  /// So that the same row is the same text whatever the server, the database and the role have set.
  static void fixText(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD';
          set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1;
          set bytea_output = 'hex'; set xmloption = 'content'; set statement_timeout = 0;
          set idle_in_transaction_session_timeout = 0; set search_path = bothy
          """);
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
