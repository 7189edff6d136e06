package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The signed-in browsers. A session is a row that every replica can read; its key is the hash of a
/// random cookie, so that whoever reads the table cannot sign in with it.
@Component
public class Sessions {
  /// A page with twenty requests writes once.
  private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(1);

  /// A session, as it is listed and looked up.
  ///
  /// @param id by which it is listed and ended; it opens nothing
  /// @param name the person's, as the identity provider shows it
  /// @param theme how the person wants pages: `auto`, `light` or `dark`
  /// @param acr how strongly the person proved who they are; null if the provider did not say
  /// @param client what kind of browser it is, e.g. `Firefox on Linux`; null if it did not say
  /// @param emergency whether it was opened by a break-glass code, without the identity provider
  /// @param notices what the next page says of what was just done, as JSON; null for nothing
  public record Session(
      UUID id,
      PersonId person,
      String name,
      String theme,
      @Nullable String acr,
      @Nullable String client,
      boolean emergency,
      @Nullable String notices,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {}

  private static final String SELECT =
      "select s.id, s.person_id, p.name, p.theme, s.acr, s.client, s.emergency, s.notices, s.created_at,"
          + " s.last_seen_at, s.expires_at from session s join person p on p.id = s.person_id";

  private final Workspaces workspaces;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final SignOnSettings settings;

  Sessions(Workspaces workspaces, JdbcClient jdbc, Clock clock, SignOnSettings settings) {
    this.workspaces = workspaces;
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
  }

  /// Opens a session and returns the token for its cookie. Removes what expired, of anybody.
  String open(
      PersonId person, @Nullable String sid, @Nullable String acr, @Nullable String client) {
    return open(person, sid, acr, client, false, settings.sessionLifetime());
  }

  /// Opens one that the identity provider does not know of, and that its policies do not bind.
  String openInEmergency(PersonId person, @Nullable String client, Duration lifetime) {
    return open(person, null, null, client, true, lifetime);
  }

  private String open(
      PersonId person,
      @Nullable String sid,
      @Nullable String acr,
      @Nullable String client,
      boolean emergency,
      Duration lifetime) {
    String token = Tokens.random();
    Instant now = clock.instant();
    workspaces.forInstallation(() -> {
      jdbc.sql(
              "insert into session (token_hash, person_id, sid, acr, client, emergency,"
                  + " created_at, last_seen_at, expires_at) values (:hash, :person, :sid, :acr,"
                  + " :client, :emergency, :now, :now, :expires)")
          .param("hash", Tokens.sha256(token))
          .param("person", person.value())
          .param("sid", sid)
          .param("acr", acr)
          .param("client", client)
          .param("emergency", emergency)
          .param("now", at(now))
          .param("expires", at(now.plus(lifetime)))
          .update();
    });
    return token;
  }

  /// The session of this cookie value, unless it ended; notes that it was seen.
  Optional<Session> find(String token) {
    return find(token, true);
  }

  /// The same.
  ///
  /// @param seen whether somebody is there; else the session's idle time goes on
  Optional<Session> find(String token, boolean seen) {
    if (!Tokens.isWellFormed(token)) {
      return Optional.empty();
    }
    byte[] hash = Tokens.sha256(token);
    Instant now = clock.instant();
    return workspaces.forInstallation(() -> {
      Optional<Session> found =
          jdbc.sql(SELECT + " where s.token_hash = ? and s.expires_at > ? and s.last_seen_at > ?")
              .params(hash, at(now), at(now.minus(settings.sessionIdle())))
              .query(Sessions::toSession)
              .optional()
              // A policy that was tightened binds those who are signed in already.
              .filter(session -> session.emergency() || settings.isStrongEnough(session.acr()));
      if (seen
          && found.isPresent()
          && found.get().lastSeenAt().plus(SEEN_GRANULARITY).isBefore(now)) {
        jdbc.sql("update session set last_seen_at = ? where token_hash = ?")
            .params(at(now), hash)
            .update();
      }
      return found;
    });
  }

  /// Ends the session of this cookie value, if there is one.
  void end(String token) {
    workspaces.forInstallation(() -> {
      jdbc.sql("delete from session where token_hash = ?").param(Tokens.sha256(token)).update();
    });
  }

  /// Ends what one session at the identity provider opened here, and says whose it was.
  List<PersonId> endBySid(String issuer, String sid) {
    return end(
        "delete from session s using person p where p.id = s.person_id and p.issuer = ?"
            + " and s.sid = ? returning s.person_id",
        issuer,
        sid);
  }

  /// Ends every session of one person, and says whose they were.
  List<PersonId> endBySubject(String issuer, String subject) {
    return end(
        "delete from session s using person p where p.id = s.person_id and p.issuer = ?"
            + " and p.subject = ? returning s.person_id",
        issuer,
        subject);
  }

  /// The sessions of a person that have not ended, the one seen last first.
  public List<Session> of(PersonId person) {
    Instant now = clock.instant();
    return workspaces.forInstallation(() ->
        jdbc.sql(
                SELECT
                    + " where s.person_id = ? and s.expires_at > ? and s.last_seen_at > ?"
                    + " order by s.last_seen_at desc, s.id")
            .params(person.value(), at(now), at(now.minus(settings.sessionIdle())))
            .query(Sessions::toSession)
            .list());
  }

  /// Ends one session of this person.
  ///
  /// @return false if they have none of this id
  public boolean end(PersonId person, UUID id) {
    return workspaces.forInstallation(() ->
        jdbc.sql("delete from session where person_id = ? and id = ?")
                .params(person.value(), id)
                .update()
            > 0);
  }

  /// Ends every session of this person but one.
  ///
  /// @param but the one that stays; null ends all
  /// @return how many ended
  public int endOthers(PersonId person, @Nullable UUID but) {
    return workspaces.forInstallation(() ->
        jdbc.sql("delete from session where person_id = ? and id is distinct from ?::uuid")
            .param(person.value())
            .param(but)
            .update());
  }

  /// Ends every session of a person. Called within any transaction.
  void endAll(PersonId person) {
    jdbc.sql("delete from session where person_id = ?").param(person.value()).update();
  }

  private List<PersonId> end(String sql, String issuer, String which) {
    return workspaces.forInstallation(() ->
        jdbc
            .sql(sql)
            .params(issuer, which)
            .query((row, number) -> new PersonId(row.getObject("person_id", UUID.class)))
            .list()
            .stream()
            .distinct()
            .toList());
  }

  private static Session toSession(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        new PersonId(row.getObject("person_id", UUID.class)),
        row.getString("name"),
        row.getString("theme"),
        row.getString("acr"),
        row.getString("client"),
        row.getBoolean("emergency"),
        row.getString("notices"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
