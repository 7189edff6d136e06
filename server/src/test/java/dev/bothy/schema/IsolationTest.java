package dev.bothy.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two workspaces, and in every table a row of each that differs in nothing but the workspace. What
/// one can do to the other's is tried as the server's own role.
@Tag("real")
class IsolationTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-000000000002");

  private static final class Shared {
    static final MigratedDatabase MIGRATED = filled();

    private static MigratedDatabase filled() {
      MigratedDatabase migrated = new MigratedDatabase();
      JdbcClient superuser = migrated.as("postgres");
      // The rows are made by type alone; what else a column demands is not what is tested here.
      superuser
          .sql(
              "select format('alter table %s drop constraint %I', conrelid::regclass, conname)"
                  + " from pg_constraint where contype in ('c', 'f')"
                  + " and connamespace = 'bothy'::regnamespace and conrelid <> 0"
                  + " union all select format('alter table %s disable trigger user', oid::regclass)"
                  + " from pg_class where relnamespace = 'bothy'::regnamespace and relkind = 'r'")
          .query(String.class)
          .list()
          .forEach(statement -> superuser.sql(statement).update());
      return migrated;
    }
  }

  static Stream<String> tables() {
    return Shared.MIGRATED.tables().stream()
        .filter(table -> !SchemaRules.WITHOUT_WORKSPACE.containsKey(table));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aTransactionReachesItsOwnWorkspacesRowAlone(String table) throws SQLException {
    try (Connection app = Shared.MIGRATED.database().connect("bothy_app")) {
      app.setAutoCommit(false);
      for (UUID workspace : new UUID[] {ONE, OTHER}) {
        bind(app, workspace.toString());
        // The second one collides with the first if any key forgets the workspace.
        run(app, insert(table, workspace));
        app.commit();
      }

      assertThat(count(app, table)).as("no workspace set").isZero();
      app.rollback();

      bind(app, ONE.toString());
      assertThat(count(app, table)).as("its own row").isEqualTo(1);
      String key = table.equals("workspace") ? "id" : "workspace_id";
      assertThat(count(app, table + " where " + key + " = '" + OTHER + "'")).isZero();
      app.rollback();

      bind(app, ONE.toString());
      refused(app, insert(table, OTHER));
      app.rollback();

      bind(app, ONE.toString());
      touchesOneRowOrIsDenied(app, "update " + table + " set " + key + " = " + key);
      app.rollback();

      bind(app, ONE.toString());
      refused(app, "update " + table + " set " + key + " = '" + OTHER + "'");
      app.rollback();

      bind(app, ONE.toString());
      touchesOneRowOrIsDenied(app, "delete from " + table);
      app.rollback();

      bind(app, "");
      assertThat(count(app, table)).as("an empty setting").isZero();
      app.rollback();
    }
    assertThat(
            Shared.MIGRATED
                .as("postgres")
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single())
        .as("rows of both workspaces")
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table bothy.lane disable row level security",
        "alter table bothy.lane no force row level security",
        "drop policy workspace_of_transaction on bothy.lane",
        "create policy mine on bothy.lane using (true)",
        "alter role bothy_app bypassrls",
        "set role bothy_migrate",
        "set role bothy_queue",
        "set session authorization postgres",
        "truncate bothy.lane",
        "create table bothy.mine (id int)",
        "create function bothy.mine() returns int language sql as 'select 1'",
        "grant bothy_queue to bothy_app",
        "select bothy.protect_table('bothy.lane')"
      })
  void theAppRoleCannotSwitchThePolicyOff(String statement) throws SQLException {
    try (Connection app = Shared.MIGRATED.database().connect("bothy_app")) {
      assertThatThrownBy(() -> run(app, statement))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(permission denied|must be owner|must be able|only roles).*");
    }
  }

  @Test
  void switchingRowSecurityOffIsAnErrorAndShowsNothing() throws SQLException {
    try (Connection app = Shared.MIGRATED.database().connect("bothy_app")) {
      run(app, "set row_security = off");
      assertThatThrownBy(() -> count(app, "lane"))
          .hasMessageContaining("row-level security policy");
    }
  }

  /// A row of this workspace whose other values are the same for every workspace.
  private static String insert(String table, UUID workspace) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    Shared.MIGRATED
        .as("postgres")
        .sql(
            "select column_name, udt_name from information_schema.columns where table_schema = 'bothy'"
                + " and table_name = ? and is_identity = 'NO' and is_generated = 'NEVER'"
                + " order by ordinal_position")
        .param(table)
        .query(row -> {
          String column = row.getString(1);
          names.add(column);
          values.add(value(table, column, row.getString(2), workspace));
        });
    return "insert into "
        + table
        + " ("
        + String.join(", ", names)
        + ") values ("
        + String.join(", ", values)
        + ")";
  }

  private static String value(String table, String column, String type, UUID workspace) {
    if (column.equals("workspace_id") || (table.equals("workspace") && column.equals("id"))) {
      return "'" + workspace + "'";
    }
    if (table.equals("workspace") && column.equals("slug")) {
      return "'" + workspace + "'";
    }
    return switch (type) {
      case "uuid" -> "'00000000-0000-7000-8000-0000000000aa'";
      case "text", "varchar" -> "'x'";
      case "bytea" -> "'\\x00'";
      case "timestamptz" -> "'2026-01-01T00:00:00Z'";
      case "date" -> "'2026-01-01'";
      case "time" -> "'09:00'";
      case "int2", "int4", "int8", "float8", "numeric" -> "1";
      case "bool" -> "true";
      case "json", "jsonb" -> "'{}'";
      case "_text" -> "'{x}'";
      default ->
          throw new IllegalArgumentException(
              "Say here what a value of type " + type + " looks like (" + table + ")");
    };
  }

  private static void bind(Connection connection, String workspace) throws SQLException {
    run(connection, "select set_config('bothy.workspace', '" + workspace + "', true)");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void refused(Connection connection, String sql) {
    assertThatThrownBy(() -> run(connection, sql))
        .hasMessageMatching("(?s).*(violates row-level security policy|permission denied).*");
  }

  private static void touchesOneRowOrIsDenied(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
    } catch (SQLException e) {
      // insufficient_privilege, or a trigger that keeps what was
      assertThat(e.getSQLState()).as(sql).isIn("42501", "P0001");
    }
  }

  private static long count(Connection connection, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from " + from)) {
      result.next();
      return result.getLong(1);
    }
  }
}
