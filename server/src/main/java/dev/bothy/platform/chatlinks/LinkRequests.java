package dev.bothy.platform.chatlinks;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// Links that accounts were sent, to say whose they are. Each is good for [#LIFETIME], once, and
/// only the last that an account asked for. Called within a transaction of the workspace.
@Service
public class LinkRequests {
  /// How long a link is good for.
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  LinkRequests(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What a token stands for.
  public sealed interface Found {
    /// It is good.
    record Open(ConnectionId connection, String account) implements Found {}

    /// It was confirmed before.
    record Used() implements Found {}

    /// Nobody confirmed it in time.
    record Expired() implements Found {}

    /// There is no such token here: mistyped, or its account asked anew, or it is long ago.
    record Unknown() implements Found {}
  }

  /// @return the token, which is told to the account alone and kept nowhere
  String ask(ConnectionId connection, String account) {
    LinkToken token = LinkToken.random();
    Instant now = clock.instant();
    jdbc.sql("delete from chat_link_request where connection_id = ? and account = ?")
        .params(connection.value(), account)
        .update();
    jdbc.sql(
            "insert into chat_link_request (workspace_id, token_hash, connection_id, account,"
                + " created_at, expires_at) values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            token.hash(),
            connection.value(),
            account,
            at(now),
            at(now.plus(LIFETIME)))
        .update();
    return token.value();
  }

  /// What this token stands for; it stays as it is.
  public Found find(String token) {
    LinkToken asked = new LinkToken(token);
    return asked.isWellFormed()
        ? jdbc.sql(
                "select connection_id, account, expires_at, used_at from chat_link_request"
                    + " where token_hash = ?")
            .param(asked.hash())
            .query(this::toFound)
            .optional()
            .orElseGet(Found.Unknown::new)
        : new Found.Unknown();
  }

  /// As [#find]; one that is open is used up by it, and nobody else's attempt finds it open.
  public Found use(String token) {
    LinkToken asked = new LinkToken(token);
    if (asked.isWellFormed()) {
      Instant now = clock.instant();
      Optional<Found> used =
          jdbc.sql(
                  "update chat_link_request set used_at = ? where token_hash = ?"
                      + " and used_at is null and expires_at > ?"
                      + " returning connection_id, account")
              .params(at(now), asked.hash(), at(now))
              .<Found>query((row, _) -> toOpen(row))
              .optional();
      if (used.isPresent()) {
        return used.get();
      }
    }
    return find(token);
  }

  private Found toFound(ResultSet row, int number) throws SQLException {
    if (row.getObject("used_at") != null) {
      return new Found.Used();
    }
    Instant expiresAt = row.getObject("expires_at", OffsetDateTime.class).toInstant();
    return expiresAt.isAfter(clock.instant()) ? toOpen(row) : new Found.Expired();
  }

  private static Found.Open toOpen(ResultSet row) throws SQLException {
    return new Found.Open(
        new ConnectionId(row.getObject("connection_id", UUID.class)), row.getString("account"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
