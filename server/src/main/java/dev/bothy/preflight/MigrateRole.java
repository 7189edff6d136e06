package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// `migrate-role`: the role of the migrations gets in and may make tables.
record MigrateRole(Role migrate) implements Check {
  private static final String NAME = "migrate-role";

  @Override
  public List<Finding> look() {
    try (Connection connection = migrate.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select exists (select from pg_namespace where nspname = 'bothy'),
                  coalesce((select has_schema_privilege(oid, 'create') from pg_namespace
                    where nspname = 'bothy'), false),
                  coalesce((select pg_has_role(oid, 'member') from pg_roles
                    where rolname = 'bothy_queue'), false)
                """)) {
      row.next();
      if (!row.getBoolean(1)) {
        return List.of(wrong("the database " + migrate.database() + " has no schema bothy"));
      }
      if (!row.getBoolean(2)) {
        return List.of(wrong(migrate.user() + " may not make tables in the schema bothy"));
      }
      if (!row.getBoolean(3)) {
        return List.of(wrong(migrate.user() + " is not a member of bothy_queue"));
      }
      return List.of(
          Finding.pass(NAME, migrate.user() + " gets in and may make tables in the schema bothy"));
    } catch (SQLException e) {
      return List.of(DatabaseFailure.of(NAME, migrate, e));
    }
  }

  private Finding wrong(String message) {
    return Finding.fail(
        NAME,
        message,
        "Run db/roles.sql in the database " + migrate.database() + " as a superuser");
  }
}
