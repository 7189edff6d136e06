package dev.bothy.testkit;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/// All rows of a workspace, in every table, as a superuser sees them.
public final class RowsOf {
  private RowsOf() {}

  /// For each table the number of the workspace's rows and a digest of them; what is the same twice
  /// has not changed.
  public static Map<String, String> workspace(UUID workspace) {
    Map<String, String> rows = new TreeMap<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      for (Table table : tables(superuser)) {
        try (PreparedStatement read =
            superuser.prepareStatement(
                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)),"
                    + " '') from bothy.%s t where %s = ?".formatted(table.name, table.column))) {
          read.setObject(1, workspace);
          try (ResultSet row = read.executeQuery()) {
            row.next();
            rows.put(table.name, row.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  /// The same, once nothing works on them any more.
  public static Map<String, String> quiet(UUID workspace) {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> workspace(workspace),
            now ->
                // Each entry of the audit log is chained a moment later.
                now.getOrDefault("audit_unlinked", "").startsWith("0 ")
                    && now.equals(last.getAndSet(now)));
  }

  /// The tables in which a row of the workspace's has one of these texts.
  public static Set<String> naming(UUID workspace, List<String> texts) {
    Set<String> found = new TreeSet<>();
    try (Connection superuser = TestDatabase.shared().connect("postgres")) {
      for (Table table : tables(superuser)) {
        try (PreparedStatement read =
            superuser.prepareStatement(
                "select exists (select from bothy.%s t where %s = ? and t::text ~ ?)"
                    .formatted(table.name, table.column))) {
          read.setObject(1, workspace);
          read.setString(2, String.join("|", texts));
          try (ResultSet row = read.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
              found.add(table.name);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private record Table(String name, String column) {}

  private static List<Table> tables(Connection superuser) throws SQLException {
    List<Table> tables = new ArrayList<>();
    tables.add(new Table("workspace", "id"));
    try (PreparedStatement read =
            superuser.prepareStatement(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                    + " where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'"
                    + " and a.attname = 'workspace_id' and not a.attisdropped");
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        tables.add(new Table(row.getString(1), "workspace_id"));
      }
    }
    return tables;
  }
}
