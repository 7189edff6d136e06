package dev.bothy.platform.scim;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The rows of users. Called within a transaction of the workspace.
@Component
class ScimUserTable {
  private static final String COLUMNS =
      "select id, person_id, attributes, version, created_at, updated_at from scim_user";

  private static final String SELECT = COLUMNS + " where directory_id = ?";

  /// Rows that are held at once while all are looked through.
  private static final int FETCH = 500;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  ScimUserTable(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  Optional<ScimUser> find(UUID directory, UUID id) {
    return jdbc.sql(SELECT + " and id = ?")
        .params(directory, id)
        .query(ScimUserTable::toUser)
        .optional();
  }

  /// The user, whom nobody else changes until the transaction ends.
  Optional<ScimUser> lock(UUID directory, UUID id) {
    return jdbc.sql(SELECT + " and id = ? for no key update")
        .params(directory, id)
        .query(ScimUserTable::toUser)
        .optional();
  }

  /// The directory of whoever has this user name in the workspace.
  Optional<UUID> directoryOf(String userName) {
    return jdbc.sql("select directory_id from scim_user where user_name_key = ?")
        .param(Matching.folded(userName, false))
        .query(UUID.class)
        .optional();
  }

  boolean isAnothers(PersonId person, UUID id) {
    return jdbc.sql("select exists (select from scim_user where person_id = ? and id <> ?)")
        .params(person.value(), id)
        .query(Boolean.class)
        .single();
  }

  void insert(UUID directory, ScimUser user) {
    jdbc.sql(
            "insert into scim_user (workspace_id, id, directory_id, user_name_key, external_id,"
                + " active, attributes, version, created_at, updated_at)"
                + " values (:workspace, :id, :directory, :key, :external, :active,"
                + " :attributes::jsonb, :version, :created, :updated)")
        .param("workspace", workspaces.current().value())
        .param("id", user.id())
        .param("directory", directory)
        .param("key", Matching.folded(user.userName(), false))
        .param("external", user.externalId())
        .param("active", user.active())
        .param("attributes", user.attributes().toString())
        .param("version", user.version())
        .param("created", Directories.at(user.createdAt()))
        .param("updated", Directories.at(user.updatedAt()))
        .update();
    insertAddresses(user);
  }

  void update(ScimUser before, ScimUser user) {
    jdbc.sql(
            "update scim_user set user_name_key = :key, external_id = :external, active = :active,"
                + " attributes = :attributes::jsonb, version = :version, updated_at = :updated"
                + " where id = :id")
        .param("key", Matching.folded(user.userName(), false))
        .param("external", user.externalId())
        .param("active", user.active())
        .param("attributes", user.attributes().toString())
        .param("version", user.version())
        .param("updated", Directories.at(user.updatedAt()))
        .param("id", user.id())
        .update();
    if (!before.addressKeys().equals(user.addressKeys())) {
      jdbc.sql("delete from scim_user_email where user_id = ?").param(user.id()).update();
      insertAddresses(user);
    }
  }

  private void insertAddresses(ScimUser user) {
    List<String> keys = user.addressKeys();
    if (!keys.isEmpty()) {
      jdbc.sql(
              "insert into scim_user_email (workspace_id, address_key, user_id)"
                  + " select ?, key, ? from unnest(?) as key")
          .params(workspaces.current().value(), user.id(), keys.toArray(String[]::new))
          .update();
    }
  }

  void setPerson(UUID id, PersonId person) {
    jdbc.sql("update scim_user set person_id = ? where id = ?").params(person.value(), id).update();
  }

  void move(PersonId from, PersonId into) {
    jdbc.sql("update scim_user set person_id = ? where person_id = ?")
        .params(into.value(), from.value())
        .update();
  }

  void delete(UUID id) {
    jdbc.sql("delete from scim_user where id = ?").param(id).update();
  }

  /// Each of the directory's users whom the filter may mean, in the order in which they came.
  void forEach(UUID directory, Narrowing narrowing, Consumer<ScimUser> use) {
    JdbcClient.StatementSpec query =
        jdbc.sql(COLUMNS + narrowing.where()).params(parameters(directory, narrowing));
    if (narrowing.isEmpty()) {
      query
          .withFetchSize(FETCH)
          .query(row -> {
            use.accept(toUser(row, 0));
          });
    } else {
      query.query(ScimUserTable::toUser).list().stream()
          .sorted(Comparator.comparing(ScimUser::id))
          .forEach(use);
    }
  }

  List<ScimUser> page(UUID directory, long start, int count) {
    return jdbc.sql(SELECT + " order by id offset ? limit ?")
        .params(directory, start - 1, count)
        .query(ScimUserTable::toUser)
        .list();
  }

  long count(UUID directory) {
    return jdbc.sql("select count(*) from scim_user where directory_id = ?")
        .param(directory)
        .query(Long.class)
        .single();
  }

  List<UUID> ids(UUID directory) {
    return jdbc.sql("select id from scim_user where directory_id = ?")
        .param(directory)
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  /// The groups of these users, by user.
  Map<UUID, List<Resources.Reference>> groupsOf(Collection<UUID> users) {
    Map<UUID, List<Resources.Reference>> groups = new HashMap<>();
    jdbc.sql(
            "select m.user_id, g.id, g.display_name from scim_group_member m"
                + " join scim_group g on g.id = m.group_id where m.user_id = any (?)"
                + " order by g.display_name, g.id")
        .param(users.toArray(UUID[]::new))
        .query(row -> {
          groups
              .computeIfAbsent(row.getObject("user_id", UUID.class), _ -> new ArrayList<>())
              .add(
                  new Resources.Reference(
                      row.getObject("id", UUID.class), row.getString("display_name")));
        });
    return groups;
  }

  static List<Object> parameters(UUID directory, Narrowing narrowing) {
    List<Object> parameters = new ArrayList<>(List.of(directory));
    parameters.addAll(narrowing.parameters());
    return parameters;
  }

  private static ScimUser toUser(ResultSet row, int number) throws SQLException {
    UUID person = row.getObject("person_id", UUID.class);
    return new ScimUser(
        row.getObject("id", UUID.class),
        person == null ? null : new PersonId(person),
        (ObjectNode) JsonMapper.shared().readTree(row.getString("attributes")),
        row.getLong("version"),
        Directories.instant(row, "created_at"),
        Directories.instant(row, "updated_at"));
  }
}
