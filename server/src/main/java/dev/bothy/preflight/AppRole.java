package dev.bothy.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `app-role`: the server's role could not get around row-level security if it wanted to.
///
/// @param as who looks
/// @param group the role to look at, since the server's users are made of it; null is whoever looks
record AppRole(Role as, @Nullable String group) implements Check {
  private static final String NAME = "app-role";

  @Override
  public List<Finding> look() {
    List<String> wrong = new ArrayList<>();
    try (Connection connection = as.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
                  exists (select from pg_database where datname = current_database() and datdba = r.oid),
                  exists (select from pg_namespace where nspname = 'bothy' and nspowner = r.oid)
                    or exists (select from pg_class c join pg_namespace n on n.oid = relnamespace
                      where nspname = 'bothy' and relowner = r.oid),
                  exists (select from pg_roles m where m.rolname in ('bothy_migrate', 'bothy_queue')
                    and not r.rolsuper and m.oid <> r.oid and pg_has_role(r.oid, m.oid, 'member'))
                from pg_roles r where rolname = coalesce(?::text, current_user)
                """)) {
      statement.setString(1, group);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return List.of(
              Finding.fail(
                  NAME,
                  "there is no role " + group,
                  "Run db/roles.sql in the database " + as.database() + " as a superuser"));
        }
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
      return List.of(DatabaseFailure.of(NAME, as, e));
    }
    String name = group == null ? as.user() : group;
    return List.of(
        wrong.isEmpty()
            ? Finding.pass(
                NAME,
                name
                    + " owns nothing and cannot bypass row-level security"
                    + (group == null ? "" : "; the users that Vault makes of it are not looked at"))
            : Finding.fail(
                NAME,
                name + " may do too much: it " + String.join(", ", wrong),
                "Use a role that db/roles.sql made for the server (bothy_app), and run that script"
                    + " again as a superuser: it takes such rights away; what the role owns give to"
                    + " bothy_migrate with REASSIGN OWNED"));
  }
}
