package dev.bothy.platform.people;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of people, which belong to the installation; called within any transaction.
@Component
class PersonTable {
  private final JdbcClient jdbc;
  private final Clock clock;

  PersonTable(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// The person who signs in with this user name: a realm gives it to one user at a time, so the
  /// one who did last.
  Optional<PersonId> signingInAs(String username) {
    return jdbc.sql(
            "select id from person where lower(username) = lower(?) and subject is not null"
                + " order by last_sign_in_at desc nulls last limit 1")
        .param(username)
        .query(UUID.class)
        .optional()
        .map(PersonId::new);
  }

  /// Two requests that name the same person wait for each other until the first has committed.
  void lockName(UUID workspace, String username) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('person ' || ? || lower(?), 0))")
        .params(workspace.toString(), username)
        .query((row, number) -> true)
        .single();
  }

  /// Somebody whom a directory names and who has not signed in.
  PersonId unclaimed(Members.Profile profile) {
    UUID id = Ids.next(clock);
    jdbc.sql("insert into person (id, name, username, created_at) values (?, ?, ?, ?)")
        .params(id, profile.name(), profile.username(), now())
        .update();
    return new PersonId(id);
  }

  /// Takes away somebody who never signed in and has become somebody else.
  void forget(PersonId unclaimed) {
    jdbc.sql("delete from person where id = ? and subject is null")
        .param(unclaimed.value())
        .update();
  }

  /// What a directory says of somebody who has not signed in yet; sign-on knows the others better.
  void describe(PersonId person, Members.Profile profile) {
    jdbc.sql("update person set name = ?, username = ? where id = ? and subject is null")
        .params(profile.name(), profile.username(), person.value())
        .update();
  }

  /// Notes that somebody signed in, with their name as it is now. Who does so for the first time
  /// and was named by a directory before becomes that person.
  PersonId signedIn(Claims claims) {
    return known(claims).or(() -> adopted(claims)).orElseGet(() -> added(claims));
  }

  private Optional<PersonId> known(Claims claims) {
    return jdbc.sql(
            "update person set name = ?, username = ?, last_sign_in_at = ?"
                + " where issuer = ? and subject = ? returning id")
        .params(claims.name(), claims.username(), now(), claims.issuer(), claims.subject())
        .query(UUID.class)
        .optional()
        .map(PersonId::new);
  }

  private Optional<PersonId> adopted(Claims claims) {
    return unclaimed(claims).stream()
        .findFirst()
        .flatMap(candidate ->
            jdbc.sql(
                    "update person set issuer = ?, subject = ?, name = ?, username = ?,"
                        + " last_sign_in_at = ? where id = ? and subject is null returning id")
                .params(
                    claims.issuer(),
                    claims.subject(),
                    claims.name(),
                    claims.username(),
                    now(),
                    candidate.person().value())
                .query(UUID.class)
                .optional())
        .map(PersonId::new);
  }

  /// Somebody whom one workspace's directory has named and who has not signed in.
  record Unclaimed(PersonId person, WorkspaceId workspace, boolean byUsername) {}

  /// Who of them these claims are, one for each workspace: the one with the user name, or else the
  /// one whose address it is. Of several nobody can tell which one is meant.
  List<Unclaimed> unclaimed(Claims claims) {
    Map<WorkspaceId, List<Unclaimed>> candidates =
        jdbc
            .sql("select id, workspace_id, by_username from unclaimed_people(?, ?)")
            .param(claims.username())
            .param(claims.verifiedEmail())
            .query((row, number) ->
                new Unclaimed(
                    new PersonId(row.getObject("id", UUID.class)),
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    row.getBoolean("by_username")))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Unclaimed::workspace, LinkedHashMap::new, Collectors.toList()));
    List<Unclaimed> meant = new ArrayList<>();
    candidates
        .values()
        .forEach(ofOne -> {
          List<Unclaimed> byUsername = ofOne.stream().filter(Unclaimed::byUsername).toList();
          List<Unclaimed> left = byUsername.isEmpty() ? ofOne : byUsername;
          if (left.size() == 1) {
            meant.add(left.getFirst());
          }
        });
    return meant;
  }

  private PersonId added(Claims claims) {
    return new PersonId(
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
            .param("now", now())
            .query(UUID.class)
            .single());
  }

  /// Says which user of the identity provider the person is, e.g. one that was just made there.
  void identify(PersonId person, String issuer, String subject) {
    jdbc.sql("update person set issuer = ?, subject = ? where id = ?")
        .params(issuer, subject, person.value())
        .update();
  }

  /// Whether the person is an active member of no workspace.
  boolean hasNoPlace(PersonId person) {
    return jdbc.sql("select not exists (select from memberships_of(?))")
        .param(person.value())
        .query(Boolean.class)
        .single();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
