package dev.bothy.platform.scim;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Which roles the groups of directories stand for. Called within a transaction of the workspace.
@Service
public class GroupRoleMapping {
  private final JdbcClient jdbc;
  private final ScimGroupTable groups;
  private final ScimRoles scimRoles;
  private final Audit audit;

  GroupRoleMapping(JdbcClient jdbc, ScimGroupTable groups, ScimRoles scimRoles, Audit audit) {
    this.jdbc = jdbc;
    this.groups = groups;
    this.scimRoles = scimRoles;
    this.audit = audit;
  }

  /// A group and what it stands for.
  ///
  /// @param roles empty if it stands for none
  public record MappedGroup(UUID id, String name, int members, Set<Role> roles) {
    public MappedGroup {
      roles = Set.copyOf(roles);
    }
  }

  /// How many users a directory has sent.
  public record Counts(int active, int inactive) {}

  /// What became of a mapping.
  public sealed interface Outcome {
    /// Its members have the roles.
    record Done() implements Outcome {}

    /// There is no such group.
    record Unknown() implements Outcome {}

    /// Only an owner says who is an owner.
    record OwnersOnly() implements Outcome {}
  }

  /// The groups of a directory, by name.
  public List<MappedGroup> list(UUID directory) {
    return jdbc.sql(
            "select g.id, g.display_name, g.roles, (select count(*) from scim_group_member m"
                + " where m.group_id = g.id) as members"
                + " from scim_group g where g.directory_id = ? order by g.display_name_key, g.id")
        .param(directory)
        .query((row, number) ->
            new MappedGroup(
                row.getObject("id", UUID.class),
                row.getString("display_name"),
                row.getInt("members"),
                ScimRoles.roles(row, "roles")))
        .list();
  }

  public Counts counts(UUID directory) {
    return jdbc.sql(
            "select count(*) filter (where active) as active,"
                + " count(*) filter (where not active) as inactive"
                + " from scim_user where directory_id = ?")
        .param(directory)
        .query((row, number) -> new Counts(row.getInt("active"), row.getInt("inactive")))
        .single();
  }

  /// Whether a group of this directory stands for owner.
  public boolean makesOwners(UUID directory) {
    return list(directory).stream().anyMatch(group -> group.roles().contains(Role.OWNER));
  }

  /// Lets a group stand for these roles, and none other. Its members have them when the transaction
  /// has committed.
  public Outcome map(Viewer by, UUID directory, UUID group, Set<Role> roles) {
    by.require(Role.ADMIN);
    if (groups.lock(directory, group).isEmpty()) {
      return new Outcome.Unknown();
    }
    Optional<MappedGroup> found =
        list(directory).stream().filter(each -> each.id().equals(group)).findFirst();
    Set<Role> before = found.orElseThrow().roles();
    if (before.equals(roles)) {
      return new Outcome.Done();
    }
    if (before.contains(Role.OWNER) != roles.contains(Role.OWNER) && !by.may()) {
      return new Outcome.OwnersOnly();
    }
    jdbc.sql("update scim_group set roles = ? where id = ?")
        .params(roles.stream().sorted().map(Role::name).toArray(String[]::new), group)
        .update();
    scimRoles.bring(groups.memberIds(group));
    audit.record(
        new Actor.Person(by.person()),
        "scim.group-mapped",
        Subject.of("scim.group", group),
        Map.of("had", inWords(before), "has", inWords(roles)));
    return new Outcome.Done();
  }

  private static String inWords(Set<Role> roles) {
    return roles.isEmpty()
        ? "none"
        : roles.stream().sorted().map(Role::label).collect(Collectors.joining("+"));
  }
}
