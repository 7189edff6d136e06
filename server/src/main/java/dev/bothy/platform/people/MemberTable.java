package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of members. Called within a transaction of the workspace.
@Component
class MemberTable {
  private static final String SELECT =
      """
      select m.person_id, coalesce(m.name, p.name) as name,
        coalesce(m.username, p.username) as username, m.email, m.active, m.deactivated_at,
        m.ended_by, m.roles, m.roles_given, m.roles_sign_on, m.roles_directory, m.created_at,
        p.last_sign_in_at
      from member m join person p on p.id = m.person_id
      """;

  /// A null parameter of [#bind] fits everybody. No index serves it: a workspace has some ten
  /// thousand members at most.
  private static final String FITS =
      """
       where (:text = '' or position(lower(:text) in lower(coalesce(m.name, p.name))) > 0
          or position(lower(:text) in lower(coalesce(m.username, p.username))) > 0
          or position(lower(:text) in lower(m.email)) > 0)
        and (cast(:role as text) is null or :role = any (m.roles))
        and (cast(:active as boolean) is null or m.active = :active)
        and (not :unseen or p.last_sign_in_at is null)
      """;

  private final JdbcClient jdbc;

  MemberTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Everybody who has or had a place, by name.
  List<Member> all() {
    return jdbc.sql(SELECT + " order by lower(coalesce(m.name, p.name)), m.person_id")
        .query(MemberTable::toMember)
        .list();
  }

  /// Those who fit, by name.
  List<Member> page(MemberFilter filter, int offset, int limit) {
    return bind(
            SELECT
                + FITS
                + " order by lower(coalesce(m.name, p.name)), m.person_id"
                + " offset :offset limit :limit",
            filter)
        .param("offset", offset)
        .param("limit", limit)
        .query(MemberTable::toMember)
        .list();
  }

  long count(MemberFilter filter) {
    return bind("select count(*) from member m join person p on p.id = m.person_id" + FITS, filter)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec bind(String sql, MemberFilter filter) {
    MemberFilter.State state = filter.state();
    Role role = filter.role();
    return jdbc.sql(sql)
        .param("text", filter.text())
        .param("role", role == null ? null : role.name())
        .param("active", state == null ? null : state != MemberFilter.State.ENDED)
        .param("unseen", state == MemberFilter.State.NEVER_SIGNED_IN);
  }

  Optional<Member> find(PersonId person) {
    return jdbc.sql(SELECT + " where m.person_id = ?")
        .param(person.value())
        .query(MemberTable::toMember)
        .optional();
  }

  /// What the directory writes of an active member.
  Optional<Members.Profile> described(PersonId person) {
    return jdbc.sql(
            "select name, username, email from member"
                + " where person_id = ? and active and username is not null")
        .param(person.value())
        .query((row, number) ->
            new Members.Profile(
                row.getString("name"), row.getString("username"), row.getString("email")))
        .optional();
  }

  /// These members, whose rows nobody else changes until the transaction ends; in one order, so
  /// that two of them never wait for each other.
  List<Member> lock(Collection<PersonId> people) {
    return jdbc.sql(SELECT + " where m.person_id = any (?) order by m.person_id for update of m")
        .param(people.stream().map(PersonId::value).toArray(UUID[]::new))
        .query(MemberTable::toMember)
        .list();
  }

  /// The active members with this address, without regard to case.
  List<PersonId> byEmail(String email) {
    return jdbc.sql("select person_id from member where active and lower(email) = lower(?)")
        .param(email)
        .query((row, number) -> new PersonId(row.getObject("person_id", UUID.class)))
        .list();
  }

  boolean hasOtherOwner(PersonId than) {
    return jdbc.sql(
            "select exists (select from member where active and 'OWNER' = any (roles)"
                + " and person_id <> ?)")
        .param(than.value())
        .query(Boolean.class)
        .single();
  }

  /// @return false if there is such a member already
  boolean insert(UUID workspace, PersonId person, RoleSource source, Set<Role> roles, Instant now) {
    return jdbc.sql(
                "insert into member (workspace_id, person_id, roles, %s, created_at)"
                        .formatted(source.column())
                    + " values (:workspace, :person, :roles, :roles, :now)"
                    + " on conflict (workspace_id, person_id) do nothing")
            .param("workspace", workspace)
            .param("person", person.value())
            .param("roles", names(roles))
            .param("now", at(now))
            .update()
        > 0;
  }

  /// Nobody else in this workspace makes or ends an owner until the transaction ends.
  void lockOwners(UUID workspace) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('owners ' || ?, 0))")
        .param(workspace.toString())
        .query((row, number) -> true)
        .single();
  }

  /// The member whom the workspace's directory calls so, without regard to case.
  Optional<PersonId> byUsername(String username) {
    return jdbc.sql(
            "select person_id from member where lower(username) = lower(?)"
                + " order by active desc, created_at limit 1")
        .param(username)
        .query(UUID.class)
        .optional()
        .map(PersonId::new);
  }

  /// The one active member whom no directory describes and whose address sign-on vouched for; empty
  /// also if several have it.
  Optional<PersonId> bySignOnEmail(String email) {
    List<PersonId> found =
        jdbc.sql(
                "select person_id from member where active and username is null"
                    + " and lower(email) = lower(?) limit 2")
            .param(email)
            .query((row, number) -> new PersonId(row.getObject("person_id", UUID.class)))
            .list();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /// Whether the workspace's directory describes this member.
  boolean isDescribed(PersonId person) {
    return jdbc.sql("select username is not null from member where person_id = ?")
        .param(person.value())
        .query(Boolean.class)
        .single();
  }

  /// The place becomes another person's.
  void move(PersonId from, PersonId into) {
    jdbc.sql("update member set person_id = ? where person_id = ?")
        .params(into.value(), from.value())
        .update();
  }

  void setRoles(PersonId person, RoleSource source, Set<Role> roles, Set<Role> all) {
    jdbc.sql(
            "update member set %s = :roles, roles = :all where person_id = :person"
                .formatted(source.column()))
        .param("roles", names(roles))
        .param("all", names(all))
        .param("person", person.value())
        .update();
  }

  /// What the directory writes of somebody.
  ///
  /// @return whether anything became different
  boolean describe(PersonId person, Members.Profile profile) {
    return jdbc.sql(
                "update member set name = :name, username = :username, email = :email"
                    + " where person_id = :person and (name, username, email) is distinct from"
                    + " (:name::text, :username::text, :email::text)")
            .param("name", profile.name())
            .param("username", profile.username())
            .param("email", profile.email())
            .param("person", person.value())
            .update()
        > 0;
  }

  /// What sign-on says of somebody whom no directory describes.
  void noteEmail(PersonId person, @Nullable String email) {
    jdbc.sql("update member set email = ? where person_id = ? and username is null")
        .param(email)
        .param(person.value())
        .update();
  }

  /// @param since when the place ended; null if it has ended by no word any more
  void setEndings(PersonId person, Set<Ended> endings, @Nullable Instant since) {
    jdbc.sql(
            "update member set active = :active, ended_by = :endings, deactivated_at = :since"
                + " where person_id = :person")
        .param("active", endings.isEmpty())
        .param("endings", endings.stream().sorted().map(Ended::name).toArray(String[]::new))
        .param("since", since == null ? null : at(since))
        .param("person", person.value())
        .update();
  }

  void delete(PersonId person) {
    jdbc.sql("delete from member where person_id = ?").param(person.value()).update();
  }

  static String[] names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::name).toArray(String[]::new);
  }

  static Set<Role> roles(ResultSet row, String column) throws SQLException {
    Array stored = row.getArray(column);
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : (String[]) stored.getArray()) {
      roles.add(Role.valueOf(name));
    }
    return roles;
  }

  private static Member toMember(ResultSet row, int number) throws SQLException {
    Map<RoleSource, Set<Role>> bySource = new EnumMap<>(RoleSource.class);
    for (RoleSource source : RoleSource.values()) {
      bySource.put(source, roles(row, source.column()));
    }
    OffsetDateTime deactivated = row.getObject("deactivated_at", OffsetDateTime.class);
    Set<Ended> endings = EnumSet.noneOf(Ended.class);
    for (String word : (String[]) row.getArray("ended_by").getArray()) {
      endings.add(Ended.valueOf(word));
    }
    return new Member(
        new PersonId(row.getObject("person_id", UUID.class)),
        row.getString("name"),
        row.getString("username"),
        row.getString("email"),
        row.getBoolean("active"),
        deactivated == null ? null : deactivated.toInstant(),
        endings,
        roles(row, "roles"),
        bySource,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_sign_in_at", OffsetDateTime.class) != null);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
