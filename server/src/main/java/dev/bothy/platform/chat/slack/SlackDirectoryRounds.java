package dev.bothy.platform.chat.slack;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.work.Schedule;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How far the round through all accounts of each connection has come, so that any replica goes on
/// with it. Called within a transaction of the workspace.
@Component
class SlackDirectoryRounds {
  /// How soon after it was connected; until then only those who are named are looked up.
  static final Duration SOON = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Schedule schedule;
  private final Clock clock;

  SlackDirectoryRounds(JdbcClient jdbc, Workspaces workspaces, Schedule schedule, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.schedule = schedule;
    this.clock = clock;
  }

  /// What a round is about to ask for.
  enum Stage {
    /// Nothing: the next thing is the first page.
    IDLE,
    /// The page that the cursor names.
    LISTING,
    /// Those who were on no page.
    OTHERS
  }

  /// @param cursor empty but in [Stage#LISTING]
  /// @param beganAt when the first page was asked for
  record Round(Stage stage, String cursor, Instant beganAt) {
    static Round idle() {
      return new Round(Stage.IDLE, "", Instant.EPOCH);
    }
  }

  /// Has a connection gone through soon, from the beginning.
  void beginSoon(ConnectionId connection) {
    put(connection, Round.idle());
    schedule.set(SlackDirectory.KIND, connection.value(), clock.instant().plus(SOON));
  }

  /// The same for one that never was: it was connected before there were rounds.
  void beginIfNever(ConnectionId connection) {
    if (find(connection).isEmpty()) {
      beginSoon(connection);
    }
  }

  Round of(ConnectionId connection) {
    return find(connection).orElseGet(Round::idle);
  }

  void put(ConnectionId connection, Round round) {
    jdbc.sql(
            "insert into slack_directory_round (workspace_id, id, stage, cursor, began_at)"
                + " values (?, ?, ?, ?, ?) on conflict (workspace_id, id) do update set"
                + " stage = excluded.stage, cursor = excluded.cursor, began_at = excluded.began_at")
        .params(
            workspaces.current().value(),
            connection.value(),
            round.stage().name().toLowerCase(Locale.ROOT),
            round.cursor(),
            round.beganAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  void forget(ConnectionId connection) {
    jdbc.sql("delete from slack_directory_round where id = ?").param(connection.value()).update();
  }

  private Optional<Round> find(ConnectionId connection) {
    return jdbc.sql("select stage, cursor, began_at from slack_directory_round where id = ?")
        .param(connection.value())
        .query(SlackDirectoryRounds::toRound)
        .optional();
  }

  private static Round toRound(ResultSet row, int number) throws SQLException {
    return new Round(
        Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
        row.getString("cursor"),
        row.getObject("began_at", OffsetDateTime.class).toInstant());
  }
}
