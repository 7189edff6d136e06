package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Which groups of the sign-on stand for which roles in a workspace. It counts from each person's
/// next sign-in on: what groups somebody is in is not kept. Called within a transaction of the
/// workspace.
@Service
public class SignOnGroups {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Audit audit;

  SignOnGroups(JdbcClient jdbc, Workspaces workspaces, Audit audit) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  /// A group and what it stands for.
  ///
  /// @param name as the ID token's claim has it, without a leading `/`; 1 to 200 characters
  /// @param roles never empty
  public record SignOnGroup(String name, Set<Role> roles) {}

  /// The groups of this workspace, by name.
  public List<SignOnGroup> list() {
    return jdbc.sql("select name, roles from sign_on_group order by name")
        .query((row, number) ->
            new SignOnGroup(row.getString("name"), MemberTable.roles(row, "roles")))
        .list();
  }

  /// Lets a group stand for these roles; for none, forgets it. Only an owner lets one stand for
  /// owner, or changes one that does.
  ///
  /// @return whether it may be done
  public boolean set(Viewer by, String group, Set<Role> roles) {
    by.require(Role.ADMIN);
    Set<Role> before =
        list().stream()
            .filter(each -> each.name().equals(group))
            .findFirst()
            .map(SignOnGroup::roles)
            .orElse(Set.of());
    if (before.equals(roles)) {
      return true;
    }
    if ((before.contains(Role.OWNER) || roles.contains(Role.OWNER)) && !by.may()) {
      return false;
    }
    if (roles.isEmpty()) {
      jdbc.sql("delete from sign_on_group where name = ?").param(group).update();
    } else {
      jdbc.sql(
              "insert into sign_on_group (workspace_id, name, roles) values (?, ?, ?)"
                  + " on conflict (workspace_id, name) do update set roles = excluded.roles")
          .params(workspaces.current().value(), group, MemberTable.names(roles))
          .update();
    }
    // A group's name is the customer's text, so the entry tells what it stands for alone.
    audit.record(
        new Actor.Person(by.person()),
        "people.sign-on-group-changed",
        Subject.of("people.workspace", workspaces.current().value()),
        Map.of(
            "roles",
            roles.isEmpty()
                ? "none"
                : roles.stream().sorted().map(Role::label).collect(Collectors.joining("+"))));
    return true;
  }
}
