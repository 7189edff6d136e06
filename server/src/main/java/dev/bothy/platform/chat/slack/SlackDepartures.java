package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The `state` of OAuth (RFC 6749 §10.12): whoever comes back from Slack is believed once, within
/// ten minutes, in the workspace and the browser that left, as the person who left. Of the two
/// secrets, one in the address and one in a cookie, only digests are stored. Called within a
/// transaction of the workspace.
@Component
class SlackDepartures {
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  SlackDepartures(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /// What goes along.
  ///
  /// @param state in the address
  /// @param browserSecret in a cookie
  record Ticket(String state, String browserSecret) {
    @Override
    public String toString() {
      return "Ticket(…)";
    }
  }

  private record Row(byte[] stateHash, byte[] browserHash, UUID person, Instant expiresAt) {}

  Ticket leave(PersonId person) {
    UUID id = Ids.next(clock);
    Ticket ticket = new Ticket(id + "." + random(), random());
    jdbc.sql(
            "insert into slack_departure (workspace_id, id, state_hash, browser_hash, person_id,"
                + " expires_at) values (?, ?, ?, ?, ?, ?)")
        .params(
            workspaces.current().value(),
            id,
            digest(ticket.state()),
            digest(ticket.browserSecret()),
            person.value(),
            clock.instant().plus(PATIENCE).atOffset(ZoneOffset.UTC))
        .update();
    return ticket;
  }

  /// Whether this is somebody who left; asked again with the same state, it is not.
  boolean comesBack(PersonId person, String state, String browserSecret) {
    UUID id;
    try {
      id = UUID.fromString(state.split("\\.", 2)[0]);
    } catch (IllegalArgumentException forged) {
      return false;
    }
    Optional<Row> left =
        jdbc.sql(
                "delete from slack_departure where id = ?"
                    + " returning state_hash, browser_hash, person_id, expires_at")
            .param(id)
            .query(SlackDepartures::toRow)
            .optional();
    return left.filter(row -> isSame(row, person, state, browserSecret)).isPresent();
  }

  private boolean isSame(Row row, PersonId person, String state, String browserSecret) {
    // Both are compared, and in the same time wherever they differ.
    boolean sameState = MessageDigest.isEqual(row.stateHash(), digest(state));
    boolean sameBrowser = MessageDigest.isEqual(row.browserHash(), digest(browserSecret));
    return sameState
        & sameBrowser
        & row.person().equals(person.value())
        & row.expiresAt().isAfter(clock.instant());
  }

  private static Row toRow(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getBytes("state_hash"),
        row.getBytes("browser_hash"),
        row.getObject("person_id", UUID.class),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
