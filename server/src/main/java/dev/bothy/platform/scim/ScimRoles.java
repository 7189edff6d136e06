package dev.bothy.platform.scim;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Members;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.RoleSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What roles the users of a directory have: those of the directory, and those that their groups
/// stand for. Called within a transaction of the workspace.
@Component
class ScimRoles {
  private final JdbcClient jdbc;
  private final Members members;

  ScimRoles(JdbcClient jdbc, Members members) {
    this.jdbc = jdbc;
    this.members = members;
  }

  /// Gives the active ones among these users the roles that they should have by now. However many
  /// they are, it asks twice, and writes where something differs.
  void bring(Collection<UUID> users) {
    if (users.isEmpty()) {
      return;
    }
    UUID[] ids = users.toArray(UUID[]::new);
    // Two groups may change at once: who comes second sees what the first has written. In one
    // order, so that two never wait for each other.
    jdbc.sql("select id from scim_user where id = any (?) order by id for no key update")
        .param(ids)
        .query(row -> {});
    Map<PersonId, Set<Role>> roles = new HashMap<>();
    jdbc.sql(
            """
            select u.person_id, d.default_roles, r.roles
            from scim_user u
            join directory d on d.id = u.directory_id
            cross join lateral (
              select coalesce(array_agg(distinct role), '{}') as roles
              from scim_group_member m
              join scim_group g on g.id = m.group_id
              cross join unnest(g.roles) as role
              where m.user_id = u.id) r
            where u.id = any (?) and u.active and u.person_id is not null
            """)
        .param(ids)
        .query(row -> {
          Set<Role> all = roles(row, "default_roles");
          all.addAll(roles(row, "roles"));
          roles.put(new PersonId(row.getObject("person_id", UUID.class)), all);
        });
    members.setRoles(roles, RoleSource.DIRECTORY, new Actor.System());
  }

  static Set<Role> roles(ResultSet row, String column) throws SQLException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : (String[]) row.getArray(column).getArray()) {
      roles.add(Role.valueOf(name));
    }
    return roles;
  }
}
