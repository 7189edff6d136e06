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
class Sessions {
  /// A page with twenty requests writes once.
  private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(1);

  /// @param name the person's, as the identity provider shows it
  record Session(PersonId person, String name, Instant lastSeenAt, Instant expiresAt) {}

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
  String open(PersonId person, @Nullable String sid, @Nullable String acr) {
    String token = Tokens.random();
    Instant now = clock.instant();
    workspaces.forInstallation(() -> {
      jdbc.sql("delete from session where expires_at <= ? or last_seen_at <= ?")
          .params(at(now), at(now.minus(settings.sessionIdle())))
          .update();
      jdbc.sql(
              "insert into session"
                  + " (token_hash, person_id, sid, acr, created_at, last_seen_at, expires_at)"
                  + " values (:hash, :person, :sid, :acr, :now, :now, :expires)")
          .param("hash", Tokens.sha256(token))
          .param("person", person.value())
          .param("sid", sid)
          .param("acr", acr)
          .param("now", at(now))
          .param("expires", at(now.plus(settings.sessionLifetime())))
          .update();
    });
    return token;
  }

  /// The session of this cookie value, unless it ended; notes that it was seen.
  Optional<Session> find(String token) {
    if (!Tokens.isWellFormed(token)) {
      return Optional.empty();
    }
    byte[] hash = Tokens.sha256(token);
    Instant now = clock.instant();
    return workspaces.forInstallation(() -> {
      Optional<Session> found =
          jdbc.sql(
                  "select s.person_id, p.name, s.last_seen_at, s.expires_at"
                      + " from session s join person p on p.id = s.person_id"
                      + " where s.token_hash = ? and s.expires_at > ? and s.last_seen_at > ?")
              .params(hash, at(now), at(now.minus(settings.sessionIdle())))
              .query(Sessions::toSession)
              .optional();
      if (found.isPresent() && found.get().lastSeenAt().plus(SEEN_GRANULARITY).isBefore(now)) {
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
        new PersonId(row.getObject("person_id", UUID.class)),
        row.getString("name"),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
