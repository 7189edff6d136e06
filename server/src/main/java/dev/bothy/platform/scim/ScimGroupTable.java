package dev.bothy.platform.scim;

import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of groups and their members. Called within a transaction of the workspace.
@Component
class ScimGroupTable {
  private static final String COLUMNS =
      "select id, display_name, external_id, cardinality(roles) > 0 as has_roles, version,"
          + " created_at, updated_at from scim_group";

  private static final String SELECT = COLUMNS + " where directory_id = ?";

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ScimGroupTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  Optional<ScimGroup> find(UUID directory, UUID id) {
    return jdbc.sql(SELECT + " and id = ?")
        .params(directory, id)
        .query(ScimGroupTable::toGroup)
        .optional();
  }

  /// The group, which nobody else changes until the transaction ends, nor its members.
  Optional<ScimGroup> lock(UUID directory, UUID id) {
    return jdbc.sql(SELECT + " and id = ? for no key update")
        .params(directory, id)
        .query(ScimGroupTable::toGroup)
        .optional();
  }

  void insert(UUID directory, ScimGroup group) {
    jdbc.sql(
            "insert into scim_group (workspace_id, id, directory_id, display_name,"
                + " display_name_key, external_id, version, created_at, updated_at)"
                + " values (:workspace, :id, :directory, :name, :key, :external, :version,"
                + " :created, :updated)")
        .param("workspace", workspaces.current().value())
        .param("id", group.id())
        .param("directory", directory)
        .param("name", group.displayName())
        .param("key", Matching.folded(group.displayName(), false))
        .param("external", group.externalId())
        .param("version", group.version())
        .param("created", Directories.at(group.createdAt()))
        .param("updated", Directories.at(group.updatedAt()))
        .update();
  }

  void update(ScimGroup group) {
    jdbc.sql(
            "update scim_group set display_name = :name, display_name_key = :key,"
                + " external_id = :external, version = :version, updated_at = :updated"
                + " where id = :id")
        .param("name", group.displayName())
        .param("key", Matching.folded(group.displayName(), false))
        .param("external", group.externalId())
        .param("version", group.version())
        .param("updated", Directories.at(group.updatedAt()))
        .param("id", group.id())
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from scim_group where id = ?").param(id).update();
  }

  /// Takes a user out of all groups, which are then of another version.
  void leaveAll(UUID user, Instant now) {
    jdbc.sql(
            "select id from scim_group where id in"
                + " (select group_id from scim_group_member where user_id = ?)"
                + " order by id for no key update")
        .param(user)
        .query(row -> {});
    jdbc.sql(
            "with gone as (delete from scim_group_member where user_id = ? returning group_id)"
                + " update scim_group set version = version + 1, updated_at = ?"
                + " where id in (select group_id from gone)")
        .params(user, Directories.at(now))
        .update();
  }

  List<UUID> memberIds(UUID group) {
    return jdbc.sql("select user_id from scim_group_member where group_id = ? order by user_id")
        .param(group)
        .query((row, number) -> row.getObject("user_id", UUID.class))
        .list();
  }

  /// Adds users of the directory. That is compared so that no index serves it: see
  /// [Narrowing#where].
  ///
  /// @return how many of these there are
  int addMembers(UUID directory, UUID group, Collection<UUID> users) {
    return jdbc.sql(
            "insert into scim_group_member (workspace_id, group_id, user_id)"
                + " select u.workspace_id, ?, u.id from scim_user u"
                + " where u.directory_id is not distinct from ? and u.id = any (?) order by u.id")
        .params(group, directory, users.toArray(UUID[]::new))
        .update();
  }

  void removeMembers(UUID group, Collection<UUID> users) {
    jdbc.sql("delete from scim_group_member where group_id = ? and user_id = any (?)")
        .params(group, users.toArray(UUID[]::new))
        .update();
  }

  /// Each of the directory's groups which the filter may mean, in the order in which they came.
  void forEach(UUID directory, Narrowing narrowing, Consumer<ScimGroup> use) {
    jdbc
        .sql(COLUMNS + narrowing.where())
        .params(ScimUserTable.parameters(directory, narrowing))
        .query(ScimGroupTable::toGroup)
        .list()
        .stream()
        .sorted(Comparator.comparing(ScimGroup::id))
        .forEach(use);
  }

  List<ScimGroup> page(UUID directory, long start, int count) {
    return jdbc.sql(SELECT + " order by id offset ? limit ?")
        .params(directory, start - 1, count)
        .query(ScimGroupTable::toGroup)
        .list();
  }

  long count(UUID directory) {
    return jdbc.sql("select count(*) from scim_group where directory_id = ?")
        .param(directory)
        .query(Long.class)
        .single();
  }

  /// The members of these groups, by group.
  Map<UUID, List<Resources.Reference>> membersOf(Collection<UUID> groups) {
    Map<UUID, List<Resources.Reference>> members = new HashMap<>();
    jdbc.sql(
            "select m.group_id, u.id, coalesce(u.attributes ->> 'displayName',"
                + " u.attributes ->> 'userName') as display from scim_group_member m"
                + " join scim_user u on u.id = m.user_id where m.group_id = any (?)"
                + " order by u.id")
        .param(groups.toArray(UUID[]::new))
        .query(row -> {
          members
              .computeIfAbsent(row.getObject("group_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new Resources.Reference(
                      row.getObject("id", UUID.class), row.getString("display")));
        });
    return members;
  }

  private static ScimGroup toGroup(ResultSet row, int number) throws SQLException {
    return new ScimGroup(
        row.getObject("id", UUID.class),
        row.getString("display_name"),
        row.getString("external_id"),
        row.getBoolean("has_roles"),
        row.getLong("version"),
        Directories.instant(row, "created_at"),
        Directories.instant(row, "updated_at"));
  }
}
