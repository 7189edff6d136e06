package dev.bothy.platform.retention;

import dev.bothy.platform.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// What the schema's comments say, by table. They change with a migration, which no server lives
/// through.
@Component
class SchemaComments {
  private final SingletonSupplier<Map<String, TableComment>> comments;

  SchemaComments(JdbcClient jdbc, Workspaces workspaces) {
    this.comments = SingletonSupplier.of(() -> workspaces.forInstallation(() -> read(jdbc)));
  }

  /// By name. Called outside of any transaction of a workspace.
  Map<String, TableComment> all() {
    return comments.obtain();
  }

  private static Map<String, TableComment> read(JdbcClient jdbc) {
    Map<String, List<TableComment.Bytes>> bytes = new TreeMap<>();
    jdbc.sql(
            """
            select c.relname, a.attname, col_description(c.oid, a.attnum) as how
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = to_regnamespace(current_schema()) and c.relkind = 'r'
              and a.atttypid = 'bytea'::regtype and a.attnum > 0
            order by a.attnum
            """)
        .query(row -> {
          String how = row.getString("how");
          bytes
              .computeIfAbsent(row.getString("relname"), _ -> new ArrayList<>())
              .add(new TableComment.Bytes(row.getString("attname"), how == null ? "" : how));
        });
    Map<String, TableComment> tables = new TreeMap<>();
    jdbc.sql(
            """
            select relname, obj_description(oid) as comment from pg_class
            where relnamespace = to_regnamespace(current_schema()) and relkind = 'r'
              and relname not like 'flyway\\_%' and obj_description(oid) is not null
            """)
        .query(row -> {
          String table = row.getString("relname");
          tables.put(
              table,
              TableComment.of(
                  table, row.getString("comment"), bytes.getOrDefault(table, List.of())));
        });
    return tables;
  }
}
