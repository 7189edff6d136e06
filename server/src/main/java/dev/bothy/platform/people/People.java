package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The people of the installation and their places in workspaces.
@Service
public class People {
  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final PersonTable table;

  People(Workspaces workspaces, JdbcClient jdbc, PersonTable table) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.table = table;
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

  /// Everybody who has a place in this workspace, or had one that can be given back; by name, as
  /// the workspace knows them.
  public List<Person> members(WorkspaceId workspace) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql(
                    "select p.id, coalesce(m.name, p.name) as name,"
                        + " coalesce(m.username, p.username) as username"
                        + " from member m join person p on p.id = m.person_id order by name, id")
                .query(People::toPerson)
                .list());
  }

  /// Every workspace in which this person has a place.
  public List<Membership> membershipsOf(PersonId person) {
    return workspaces.forInstallation(() ->
        jdbc.sql("select workspace_id, roles from memberships_of(?)")
            .param(person.value())
            .query((row, number) ->
                new Membership(
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    MemberTable.roles(row, "roles")))
            .list());
  }

  /// Whether what the installation knew of this person was erased. Called within any transaction.
  public boolean isErased(PersonId person) {
    return jdbc.sql(
            "select exists (select from person where id = ? and subject is null"
                + " and username = 'erased-' || id)")
        .param(person.value())
        .query(Boolean.class)
        .single();
  }

  /// Every workspace in which this person has a place, or had one that can still be given back.
  /// Called within any transaction.
  public List<WorkspaceId> placesOf(PersonId person) {
    return jdbc.sql("select workspace_id from places_of(?)")
        .param(person.value())
        .query((row, number) -> new WorkspaceId(row.getObject("workspace_id", UUID.class)))
        .list();
  }

  /// The person's roles in this workspace; empty when they are no member.
  public Set<Role> rolesOf(WorkspaceId workspace, PersonId person) {
    return workspaces.inWorkspace(
        workspace,
        () ->
            jdbc.sql("select roles from member where person_id = ? and active")
                .param(person.value())
                .query((row, number) -> MemberTable.roles(row, "roles"))
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

  /// Notes how the person wants pages.
  ///
  /// @param theme `auto`, `light` or `dark`
  public void setTheme(PersonId person, String theme) {
    workspaces.forInstallation(() -> {
      jdbc.sql("update person set theme = ? where id = ?").params(theme, person.value()).update();
    });
  }

  /// Notes that somebody signed in, with their name as it is now.
  PersonId signedIn(Claims claims) {
    return workspaces.forInstallation(() -> table.signedIn(claims));
  }

  /// Whom directories have named and who turn out to be the one who signs in with these claims.
  List<PersonTable.Unclaimed> unclaimed(Claims claims) {
    return workspaces.forInstallation(() -> table.unclaimed(claims));
  }

  /// Says which user of the identity provider a person is, e.g. one that was just made there for
  /// them. Called within any transaction.
  public void identify(PersonId person, String issuer, String subject) {
    table.identify(person, issuer, subject);
  }

  private static Person toPerson(ResultSet row, int number) throws SQLException {
    return new Person(
        new PersonId(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("username"));
  }
}
