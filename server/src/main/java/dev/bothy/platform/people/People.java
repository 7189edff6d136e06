package dev.bothy.platform.people;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The people of the installation and their places in workspaces.
@Service
public class People {
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Audit audit;

  People(Workspaces workspaces, JdbcClient jdbc, Clock clock, Audit audit) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.clock = clock;
    this.audit = audit;
  }

  /// The people with these ids, by name; ids of nobody are left out.
  public List<Person> byIds(Collection<PersonId> ids) {
    UUID[] values = ids.stream().map(PersonId::value).toArray(UUID[]::new);
    return workspaces.forInstallation(() ->
        jdbc.sql("select id, name, username from person where id = any (?) order by name, id")
            .param(values)
            .query(People::toPerson)
            .list());
  }

  /// Everybody who has a place in this workspace, by name.
  public List<Person> members(WorkspaceId workspace) {
    return byIds(
        workspaces.inWorkspace(
            workspace,
            () ->
                jdbc.sql("select person_id from member")
                    .query((row, number) -> new PersonId(row.getObject("person_id", UUID.class)))
                    .list()));
  }

  /// Every workspace in which this person has a place.
  public List<Membership> membershipsOf(PersonId person) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select workspace_id, roles from memberships_of(?)")
            .param(person.value())
            .query((row, number) ->
                new Membership(
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)), toRoles(row)))
            .list());
  }

  /// The person's roles in this workspace; empty when they are no member.
  public Set<Role> rolesOf(WorkspaceId workspace, PersonId person) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select roles from member where person_id = ?")
                .param(person.value())
                .query((row, number) -> toRoles(row))
                .optional()
                .orElseGet(() -> EnumSet.noneOf(Role.class)));
  }

  /// This person as the viewer of the workspace with this slug; empty when there is no such
  /// workspace, and just so when they are no member of it.
  public Optional<Viewer> viewer(PersonId person, String name, String slug) {
    Optional<Workspace> workspace = workspaces.bySlug(slug);
    if (workspace.isEmpty()) {
      return Optional.empty();
    }
    Set<Role> roles = rolesOf(workspace.get().id(), person);
    return roles.isEmpty()
        ? Optional.empty()
        : Optional.of(new Viewer(person, name, workspace.get().id(), slug, roles));
  }

  /// Notes that somebody signed in, with their name as it is now.
  PersonId signedIn(Claims claims) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return workspaces.forInstallation(() ->
        new PersonId(
            jdbc.sql(
                    "insert into person"
                        + " (id, issuer, subject, name, username, created_at, last_sign_in_at)"
                        + " values (:id, :issuer, :subject, :name, :username, :now, :now)"
                        + " on conflict (issuer, subject) do update set name = excluded.name,"
                        + " username = excluded.username,"
                        + " last_sign_in_at = excluded.last_sign_in_at returning id")
                .param("id", Ids.next(clock))
                .param("issuer", claims.issuer())
                .param("subject", claims.subject())
                .param("name", claims.name())
                .param("username", claims.username())
                .param("now", now)
                .query(UUID.class)
                .single()));
  }

  /// Gives the person exactly these roles in the workspace, on the identity provider's word; none
  /// takes their place away. A change is audited.
  void assign(WorkspaceId workspace, PersonId person, Set<Role> roles) {
    workspaces.inWorkspace(
        workspace,
        () -> {
          Set<Role> before = rolesOf(workspace, person);
          if (roles.equals(before)) {
            return;
          }
          if (roles.isEmpty()) {
            jdbc.sql("delete from member where person_id = ?").param(person.value()).update();
          } else {
            jdbc.sql(
                    "insert into member (workspace_id, person_id, roles, created_at)"
                        + " values (:workspace, :person, :roles, :now)"
                        + " on conflict (workspace_id, person_id)"
                        + " do update set roles = excluded.roles")
                .param("workspace", workspace.value())
                .param("person", person.value())
                .param("roles", roles.stream().map(Role::name).toArray(String[]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
          }
          audit.record(
              new Actor.System(),
              "people.roles-changed",
              Subject.of("people.person", person.value()),
              Map.of("had", inWords(before), "has", inWords(roles)));
        });
  }

  private static String inWords(Set<Role> roles) {
    return roles.isEmpty()
        ? "none"
        : roles.stream().sorted().map(Role::label).collect(Collectors.joining("+"));
  }

  private static Person toPerson(ResultSet row, int number) throws SQLException {
    return new Person(
        new PersonId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("username"));
  }

  private static Set<Role> toRoles(ResultSet row) throws SQLException {
    Array stored = row.getArray("roles");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : (String[]) stored.getArray()) {
      roles.add(Role.valueOf(name));
    }
    return roles;
  }
}
