package dev.bothy.platform.people;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  /// The person who signs in with this user name, or a new one who has not signed in yet. A realm
  /// gives a user name to one user, so whoever has it here is that one.
  PersonId named(Members.Profile profile) {
    // Two directories may name the same person at the same time.
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('person ' || lower(?), 0))")
        .param(profile.username())
        .query((row, number) -> true)
        .single();
    return jdbc.sql(
            "select id from person where lower(username) = lower(?)"
                + " order by subject is null, created_at limit 1")
        .param(profile.username())
        .query(UUID.class)
        .optional()
        .map(PersonId::new)
        .orElseGet(() -> {
          UUID id = Ids.next(clock);
          jdbc.sql("insert into person (id, name, username, created_at) values (?, ?, ?, ?)")
              .params(id, profile.name(), profile.username(), now())
              .update();
          return new PersonId(id);
        });
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
    record Candidate(UUID id, boolean byUsername) {}
    List<Candidate> candidates =
        jdbc.sql("select id, by_username from unclaimed_people(?, ?)")
            .param(claims.username())
            .param(claims.verifiedEmail())
            .query((row, number) ->
                new Candidate(row.getObject("id", UUID.class), row.getBoolean("by_username")))
            .list();
    List<Candidate> byUsername = candidates.stream().filter(Candidate::byUsername).toList();
    // Of several whose address it is, nobody can tell which one is meant.
    List<Candidate> meant = byUsername.isEmpty() ? candidates : byUsername;
    if (meant.size() != 1) {
      return Optional.empty();
    }
    return jdbc.sql(
            "update person set issuer = ?, subject = ?, name = ?, username = ?,"
                + " last_sign_in_at = ? where id = ? and subject is null returning id")
        .params(
            claims.issuer(),
            claims.subject(),
            claims.name(),
            claims.username(),
            now(),
            meant.getFirst().id())
        .query(UUID.class)
        .optional()
        .map(PersonId::new);
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
