package dev.bothy.platform.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Foreign keys, and the indexes of large tables: taken away before rows are loaded and made again
/// after, as PostgreSQL itself describes them.
final class Definitions {
  /// Below it keeping an index up to date costs less than the two statements.
  static final long LARGE_BYTES = 8L << 20;

  private final List<String> indexes = new ArrayList<>();
  private final List<String> constraints = new ArrayList<>();
  private final List<String> foreignKeys = new ArrayList<>();

  private Definitions() {}

  /// Takes them away.
  ///
  /// @param large the tables whose indexes are taken
  static Definitions take(Connection connection, Set<String> large) throws SQLException {
    Definitions taken = new Definitions();
    List<String> drops = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "select c.relname, k.conname, pg_get_constraintdef(k.oid) from pg_constraint k"
                  + " join pg_class c on c.oid = k.conrelid"
                  + " where c.relnamespace = 'bothy'::regnamespace and k.contype = 'f'")) {
        while (rows.next()) {
          String table = "alter table bothy." + Tables.quoted(rows.getString(1));
          String name = Tables.quoted(rows.getString(2));
          drops.add(table + " drop constraint " + name);
          taken.foreignKeys.add(table + " add constraint " + name + " " + rows.getString(3));
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select c.relname as in_table, i.relname as name, pg_get_indexdef(i.oid) as index,"
                  + " k.conname as constrained, k.contype, pg_get_constraintdef(k.oid) as whole,"
                  + " k.condeferrable from pg_index x join pg_class i on i.oid = x.indexrelid"
                  + " join pg_class c on c.oid = x.indrelid left join pg_constraint k"
                  + " on k.conindid = i.oid and k.contype in ('p', 'u', 'x')"
                  + " where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'"
                  + " and not starts_with(c.relname, 'flyway_schema_history')")) {
        while (rows.next()) {
          if (large.contains(rows.getString("in_table"))) {
            drops.add(taken.index(rows));
          }
        }
      }
    }
    for (String drop : drops) {
      Loading.execute(connection, drop);
    }
    return taken;
  }

  /// @return how it is taken away
  private String index(ResultSet row) throws SQLException {
    String table = "alter table bothy." + Tables.quoted(row.getString("in_table"));
    String constraint = row.getString("constrained");
    if (constraint == null) {
      indexes.add(row.getString("index"));
      return "drop index bothy." + Tables.quoted(row.getString("name"));
    }
    String name = Tables.quoted(constraint);
    if ("x".equals(row.getString("contype")) || row.getBoolean("condeferrable")) {
      constraints.add(table + " add constraint " + name + " " + row.getString("whole"));
    } else {
      // The index by itself can be made while others of its table are.
      indexes.add(row.getString("index"));
      constraints.add(
          "%s add constraint %s %s using index %s"
              .formatted(
                  table,
                  name,
                  "p".equals(row.getString("contype")) ? "primary key" : "unique",
                  Tables.quoted(row.getString("name"))));
    }
    return table + " drop constraint " + name;
  }

  /// Makes them again.
  void make(ConnectionSource database, int parallel, BackupProgress progress) {
    int all = Math.max(1, indexes.size() + constraints.size() + foreignKeys.size());
    AtomicInteger done = new AtomicInteger();
    run(database, parallel, indexes, done, all, progress);
    run(database, 1, constraints, done, all, progress);
    run(database, 1, foreignKeys, done, all, progress);
  }

  private static void run(
      ConnectionSource database,
      int parallel,
      List<String> statements,
      AtomicInteger done,
      int all,
      BackupProgress progress) {
    Together.run(
        database,
        parallel,
        Definitions::setUp,
        statements,
        (connection, sql) -> {
          Loading.execute(connection, sql);
          int now = done.incrementAndGet();
          progress.at(
              "Indexing", now * 100 / all, now + " of " + all + " indexes and foreign keys");
        });
  }

  private static void setUp(Connection connection) throws SQLException {
    Tables.fixText(connection);
    Loading.execute(connection, "set synchronous_commit = off; set maintenance_work_mem = '256MB'");
  }
}
