package dev.bothy.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the catalogue must say of every table. Each rule returns what breaks it, one line each.
final class SchemaRules {
  /// The tables that carry no workspace, each with its reason.
  static final Map<String, String> WITHOUT_WORKSPACE =
      Map.ofEntries(
          Map.entry("break_glass_code", "for when nobody is signed in to any workspace"),
          Map.entry("logout_token_seen", "the identity provider knows no workspace"),
          Map.entry("provisioned_user", "somebody has one user at the identity provider"),
          Map.entry("person", "somebody is the same person in every workspace"),
          Map.entry("session", "a cookie is looked up before any workspace is known"),
          Map.entry("audit_emptied", "what is left when there is no workspace any more"),
          Map.entry("erased_workspace", "what is left when there is no workspace any more"),
          Map.entry(
              "installation_key",
              "seals what is acknowledged before a workspace's keys are reached"),
          Map.entry("installation", "its one row says which installation the database is of"),
          Map.entry("lease", "held by processes, not by workspaces"),
          Map.entry("recovery", "a restore is of all workspaces at once"),
          Map.entry("limit_use", "counts requests before any workspace is known"),
          Map.entry("signing_key", "signs receipts of every workspace"));

  /// Unique keys that cross workspaces on purpose, each with its reason.
  static final Map<String, String> UNIQUE_ACROSS_WORKSPACES =
      Map.of(
          "workspace_pkey", "the id is the workspace",
          "workspace_slug_key", "the slug is part of the console's addresses");

  private static final String SAME_WORKSPACE =
      "(%s = (NULLIF(current_setting('bothy.workspace'::text, true), ''::text))::uuid)";

  private final JdbcClient jdbc;
  private final List<String> tables;

  SchemaRules(MigratedDatabase migrated) {
    this.jdbc = migrated.as("postgres");
    this.tables = migrated.tables();
  }

  List<String> tablesWithoutForcedPolicy() {
    List<String> broken = new ArrayList<>();
    for (String table : tables) {
      if (WITHOUT_WORKSPACE.containsKey(table)) {
        continue;
      }
      boolean forced =
          jdbc.sql(
                  "select relrowsecurity and relforcerowsecurity from pg_class"
                      + " where oid = ('bothy.' || ?)::regclass")
              .param(table)
              .query(Boolean.class)
              .single();
      String column = table.equals("workspace") ? "id" : "workspace_id";
      String wanted = SAME_WORKSPACE.formatted(column);
      List<String> policies =
          jdbc.sql(
                  "select cmd || ' using ' || qual || ' check ' || with_check from pg_policies"
                      + " where schemaname = 'bothy' and tablename = ? and 'bothy_app' = any (roles)")
              .param(table)
              .query((row, _) -> row.getString(1))
              .list();
      if (!forced) {
        broken.add(table + " does not force row-level security");
      }
      if (!policies.equals(List.of("ALL using " + wanted + " check " + wanted))) {
        broken.add(table + " has these policies for the app: " + policies);
      }
    }
    return broken;
  }

  List<String> uniqueKeysThatCrossWorkspaces() {
    return jdbc.sql(
            """
            select c.relname || ' of ' || t.relname
            from pg_index i
            join pg_class c on c.oid = i.indexrelid
            join pg_class t on t.oid = i.indrelid
            left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
            where i.indisunique and t.relnamespace = 'bothy'::regnamespace
              and t.relname not like 'flyway%' and not t.relname = any (?)
              and not c.relname = any (?)
              and a.attname is distinct from 'workspace_id'
            """)
        .params(
            WITHOUT_WORKSPACE.keySet().toArray(String[]::new),
            UNIQUE_ACROSS_WORKSPACES.keySet().toArray(String[]::new))
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<String> tablesThatDoNotSayWhatTheyHold() {
    return tables.stream()
        .filter(table -> {
          String comment =
              jdbc.sql("select coalesce(obj_description(('bothy.' || ?)::regclass), '')")
                  .param(table)
                  .query((row, _) -> row.getString(1))
                  .single();
          return !comment.matches("(?s).+Personal data: (none\\.|.+; kept: .+\\.)");
        })
        .toList();
  }

  /// A column of bytes is what nobody may read as it is, and says why: `Sealed: <purpose>.` (a
  /// [dev.bothy.platform.keys.SealedColumn]), `Wrapped.`, `Hash: …`, `Signature: …` or `Public: …`.
  List<String> columnsOfBytesThatDoNotSayWhatTheyAre() {
    return jdbc.sql(
            """
            select c.relname || '.' || a.attname
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'bothy'::regnamespace and c.relkind = 'r'
              and c.relname not like 'flyway%' and a.atttypid = 'bytea'::regtype
              and not coalesce(col_description(c.oid, a.attnum), '')
                ~ '^(Sealed: [a-z]+\\.[a-z-]+\\.|Wrapped\\.|Hash: .|Signature: .|Public: .)'
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<String> columnsWithoutTheirUnit() {
    return jdbc.sql(
            """
            select table_name || '.' || column_name || ' ' || data_type
            from information_schema.columns
            where table_schema = 'bothy' and table_name not like 'flyway%'
              and ((data_type = 'timestamp with time zone' and column_name not like '%\\_at')
                or data_type in ('timestamp without time zone', 'interval', 'json', 'real')
                or (column_name ~ '(^|_)(duration|timeout|delay|length|age|size)$'))
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<String> foreignKeysBetweenModules() {
    Map<String, String> modules = MigratedDatabase.moduleOfTable();
    return jdbc
        .sql(
            "select conrelid::regclass::text as child, confrelid::regclass::text as parent"
                + " from pg_constraint where contype = 'f' and connamespace = 'bothy'::regnamespace")
        .query(
            (row, _) -> new String[] {unqualified(row.getString(1)), unqualified(row.getString(2))})
        .list()
        .stream()
        .filter(pair -> !modules.getOrDefault(pair[0], "?").equals(modules.get(pair[1])))
        .map(pair -> pair[0] + " → " + pair[1])
        .toList();
  }

  List<String> definerFunctionsThatAreNotNarrow() {
    return jdbc.sql(
            """
            select p.proname || ' owned by ' || r.rolname
            from pg_proc p join pg_roles r on r.oid = p.proowner
            where p.pronamespace = 'bothy'::regnamespace and p.prosecdef
              and (r.rolname <> 'bothy_queue'
                or not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)
                or has_function_privilege('bothy_backup', p.oid, 'execute')
                or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<String> rolesThatCanDoTooMuch() {
    return jdbc.sql(
            """
            select rolname from pg_roles
            where rolname like 'bothy\\_%'
              and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
                or (rolname = 'bothy_queue' and rolcanlogin))
            union all
            select 'bothy_app owns ' || relname from pg_class
            where relowner = 'bothy_app'::regrole and relnamespace = 'bothy'::regnamespace
            union all
            select 'bothy_app is a member of ' || roleid::regrole::text from pg_auth_members
            where member = 'bothy_app'::regrole
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /// The tables that have no rule's exception without need.
  Set<String> exceptionsWithoutATable() {
    Set<String> unknown = new java.util.TreeSet<>(WITHOUT_WORKSPACE.keySet());
    tables.forEach(unknown::remove);
    return unknown;
  }

  private static String unqualified(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
