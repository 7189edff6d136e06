package dev.bothy.platform.erasure;

import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tables with rows of workspaces, as the catalogue knows them: also those that no module has
/// declared. Called within a transaction of the workspace.
@Component
class WorkspaceTables {
  private static final String WITH_WORKSPACE =
      " from pg_class c where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'"
          + " and exists (select from pg_attribute a where a.attrelid = c.oid"
          + " and a.attname = 'workspace_id' and not a.attisdropped)";

  private final JdbcClient jdbc;
  private final RowEraser eraser;

  WorkspaceTables(JdbcClient jdbc, RowEraser eraser) {
    this.jdbc = jdbc;
    this.eraser = eraser;
  }

  /// Each before those that its rows refer to; what the server may not delete from comes last.
  List<String> inOrder() {
    Map<String, Set<String>> referrers = new HashMap<>();
    jdbc.sql("select c.relname" + WITH_WORKSPACE)
        .query(String.class)
        .list()
        .forEach(table -> referrers.put(table, new HashSet<>()));
    jdbc.sql(
            "select conrelid::regclass::text as one, confrelid::regclass::text as other"
                + " from pg_constraint where contype = 'f'"
                + " and connamespace = 'bothy'::regnamespace and conrelid <> confrelid")
        .query(row -> {
          Set<String> known = referrers.get(plain(row.getString("other")));
          if (known != null) {
            known.add(plain(row.getString("one")));
          }
        });
    List<String> ordered = new ArrayList<>();
    Set<String> left = new TreeSet<>(referrers.keySet());
    while (!left.isEmpty()) {
      List<String> free =
          left.stream()
              .filter(table ->
                  referrers.getOrDefault(table, Set.of()).stream().noneMatch(left::contains))
              .toList();
      if (free.isEmpty()) {
        throw new IllegalStateException("Tables refer to one another in a circle: " + left);
      }
      ordered.addAll(free);
      free.forEach(left::remove);
    }
    return Stream.concat(
            ordered.stream().filter(this::mayDelete),
            ordered.stream().filter(table -> !mayDelete(table)))
        .toList();
  }

  /// Takes up to a batch of rows out of a table.
  ///
  /// @return how many; 0 when none is left
  int batch(String table) {
    return batch(table, "true");
  }

  /// The same, of the rows that meet the condition.
  int batch(String table, String condition) {
    return mayDelete(table)
        ? eraser.batch(table, new Change.Delete(), new Selection("(" + condition + ")", Map.of()))
        : jdbc.sql("select erase_protected_rows(?, ?)")
            .params(table, RowEraser.BATCH)
            .query(Integer.class)
            .single();
  }

  private boolean mayDelete(String table) {
    return jdbc.sql("select has_table_privilege('bothy.' || ?, 'delete')")
        .param(table)
        .query(Boolean.class)
        .single();
  }

  private static String plain(String table) {
    return table.substring(table.indexOf('.') + 1);
  }
}
