package dev.bothy.schema;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The whole schema as one readable file, from the catalogue. It is for reading, and for seeing in
/// a review what a migration really changed; it is never run.
final class SchemaDocument {
  private final JdbcClient jdbc;
  private final List<String> tables;

  SchemaDocument(MigratedDatabase migrated) {
    this.jdbc = migrated.as("postgres");
    this.tables = migrated.tables();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "-- The whole schema, generated from the catalogue by SchemaDocumentTest. Do not edit.\n");
    tables.forEach(table -> describe(table, text));
    lines(
            """
            select pg_get_functiondef(p.oid) || E'\\n-- owned by ' || r.rolname || E'\\n'
            from pg_proc p join pg_roles r on r.oid = p.proowner
            where p.pronamespace = 'bothy'::regnamespace
            order by p.proname, p.oid::regprocedure::text
            """)
        .forEach(function -> text.append('\n').append(function));
    return text.toString();
  }

  private void describe(String table, StringBuilder text) {
    String id = "'bothy." + table + "'::regclass";
    text.append("\n-- ").append(MigratedDatabase.moduleOfTable().get(table)).append('\n');
    text.append("create table ").append(table).append(" (\n");
    List<String> columns =
        lines(
            """
            select '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              || case when a.attnotnull then ' not null' else '' end
              || case a.attidentity when 'a' then ' generated always as identity' else '' end
              || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = %s and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """
                .formatted(id));
    List<String> constraints =
        lines(
            """
            select '  constraint ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where conrelid = %s and contype <> 'n' order by contype desc, conname
            """
                .formatted(id));
    text.append(String.join(",\n", columns));
    if (!constraints.isEmpty()) {
      text.append(",\n").append(String.join(",\n", constraints));
    }
    text.append("\n);\n");
    append(
        text,
        """
        select replace(pg_get_indexdef(i.indexrelid), ' bothy.', ' ') || ';'
        from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = %s
          and not exists (select from pg_constraint where conindid = i.indexrelid)
        order by c.relname
        """
            .formatted(id));
    append(
        text,
        """
        select 'policy ' || policyname || ' for ' || lower(cmd) || ' to ' || array_to_string(roles, ', ')
          || coalesce(' using ' || qual, '') || coalesce(' with check ' || with_check, '') || ';'
        from pg_policies where schemaname = 'bothy' and tablename = '%s' order by policyname
        """
            .formatted(table));
    append(
        text,
        """
        select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type)
          || ' to ' || grantee || ';'
        from information_schema.role_table_grants
        where table_schema = 'bothy' and table_name = '%s' and grantee <> 'bothy_migrate'
        group by grantee order by grantee
        """
            .formatted(table));
    append(
        text,
        "select 'comment: ' || obj_description(%s) where obj_description(%s) is not null"
            .formatted(id, id));
  }

  private void append(StringBuilder text, String query) {
    lines(query).forEach(line -> text.append(line).append('\n'));
  }

  private List<String> lines(String query) {
    return jdbc.sql(query).query((row, _) -> row.getString(1)).list();
  }
}
