package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// `app-role`: the server's role could not get around row-level security if it wanted to.
record AppRole(Role app) implements Check {
  private static final String NAME = "app-role";

  @Override
  public List<Finding> look() {
    List<String> wrong = new ArrayList<>();
    try (Connection connection = app.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              """
              select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
                exists (select from pg_database where datname = current_database() and datdba = r.oid),
                exists (select from pg_namespace where nspname = 'bothy' and nspowner = r.oid)
                  or exists (select from pg_class c join pg_namespace n on n.oid = relnamespace
                    where nspname = 'bothy' and relowner = r.oid),
                exists (select from pg_roles m where m.rolname in ('bothy_migrate', 'bothy_queue')
                  and not r.rolsuper and m.oid <> r.oid and pg_has_role(r.oid, m.oid, 'member'))
              from pg_roles r where rolname = current_user
              """)) {
        row.next();
        String[] names = {
          "is a superuser",
          "has BYPASSRLS",
          "has CREATEROLE",
          "has CREATEDB",
          "owns the database",
          "owns the schema bothy or a table in it",
          "is a member of bothy_migrate or bothy_queue"
        };
        for (int i = 0; i < names.length; i++) {
          if (row.getBoolean(i + 1)) {
            wrong.add(names[i]);
          }
        }
      }
    } catch (SQLException e) {
      return List.of(DatabaseFailure.of(NAME, app, e));
    }
    return List.of(
        wrong.isEmpty()
            ? Finding.pass(NAME, app.user() + " owns nothing and cannot bypass row-level security")
            : Finding.fail(
                NAME,
                app.user() + " may do too much: it " + String.join(", ", wrong),
                "Use a role that db/roles.sql made for the server (bothy_app), and run that script"
                    + " again as a superuser: it takes such rights away; what the role owns give to"
                    + " bothy_migrate with REASSIGN OWNED"));
  }
}
