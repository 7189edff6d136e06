package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which places a sign-in gives and takes: what the groups of the ID token stand for, in the
/// installation's first workspace by its settings, and in each by its own list.
@Component
class SignOnPlaces {
  private final People people;
  private final Members members;
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final SignOnSettings signOn;
  private final InstallationSettings installation;

  SignOnPlaces(
      People people,
      Members members,
      Workspaces workspaces,
      JdbcClient jdbc,
      SignOnSettings signOn,
      InstallationSettings installation) {
    this.people = people;
    this.members = members;
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.signOn = signOn;
    this.installation = installation;
  }

  /// Gives the person what these claims stand for, and no more, on sign-on's word.
  void give(PersonId person, Claims claims) {
    people
        .unclaimed(claims)
        .forEach(each ->
            workspaces.inWorkspace(
                each.workspace(),
                () -> {
                  members.join(each.person(), person);
                }));
    Workspace first = workspaces.create(installation.workspaceSlug(), installation.workspaceName());
    Map<WorkspaceId, Set<Role>> places = listed(claims.groups());
    people.membershipsOf(person).forEach(each -> places.putIfAbsent(each.workspace(), Set.of()));
    places.computeIfAbsent(first.id(), _ -> EnumSet.noneOf(Role.class));
    places.merge(first.id(), GroupRoles.of(claims, signOn, installation), SignOnPlaces::union);
    places.forEach((workspace, roles) ->
        workspaces.inWorkspace(
            workspace,
            () -> {
              members.setRoles(person, RoleSource.SIGN_ON, roles, new Actor.System());
              members.signedIn(person, claims.verifiedEmail());
            }));
  }

  private Map<WorkspaceId, Set<Role>> listed(Set<String> groups) {
    Map<WorkspaceId, Set<Role>> places = new HashMap<>();
    workspaces.forInstallation(() -> {
      jdbc.sql("select workspace_id, roles from sign_on_roles(?)")
          .param(groups.toArray(String[]::new))
          .query(row -> {
            places.put(
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                MemberTable.roles(row, "roles"));
          });
    });
    return places;
  }

  private static Set<Role> union(Set<Role> one, Set<Role> other) {
    Set<Role> both = EnumSet.noneOf(Role.class);
    both.addAll(one);
    both.addAll(other);
    return both;
  }
}
