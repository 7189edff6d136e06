package dev.bothy.platform.chat.slack;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// When something was seen last: a scope used, a request signed, a message posted. The page tells
/// from it whether a connection works and which permissions it could do without.
///
/// Each is written once a minute at most, by whichever call comes first; the others cost a look
/// into a map.
@Component
class SlackActivity {
  /// A request came that only Slack could have signed.
  static final String SIGNED = "signed";

  /// An event, a command or a click came in, over HTTP or a socket.
  static final String EVENT = "event";

  /// A message of ours was posted.
  static final String POSTED = "posted";

  /// How far back it is looked at; a row goes by the clock of deliveries.
  static final Duration KEPT = Duration.ofDays(90);

  private static final Logger LOG = LoggerFactory.getLogger(SlackActivity.class);
  private static final String SCOPE = "scope:";
  private static final Duration PRECISION = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;
  private final Map<Key, Instant> written = new ConcurrentHashMap<>();

  SlackActivity(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  private record Key(UUID subject, String what) {}

  /// What is used for, by name: `scope:chat:write`.
  static String ofScope(String scope) {
    return SCOPE + scope;
  }

  /// Notes that it happened now. Called outside of any transaction; a database that is away costs
  /// the note, not the work that it tells of.
  ///
  /// @param subject a connection, or an app that is connected nowhere yet
  void note(WorkspaceId workspace, UUID subject, String what) {
    Instant now = clock.instant();
    Key key = new Key(subject, what);
    Instant before = written.get(key);
    if (before != null && Duration.between(before, now).abs().compareTo(PRECISION) < 0) {
      return;
    }
    written.put(key, now);
    try {
      workspaces.inWorkspace(workspace, () -> write(workspace, key, now));
    } catch (DataAccessException | TransactionException e) {
      written.remove(key);
      LOG.info("That {} was seen is not written: {}", what, e.getClass().getSimpleName());
    }
  }

  /// When each thing was seen last, within [#KEPT]. Called within a transaction of the workspace.
  Map<String, Instant> of(UUID subject) {
    Map<String, Instant> seen = new LinkedHashMap<>();
    jdbc.sql("select what, last_at from slack_activity where subject_id = ? and last_at > ?")
        .params(subject, clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
        .query((ResultSet row) -> put(seen, row));
    return seen;
  }

  private void write(WorkspaceId workspace, Key key, Instant now) {
    jdbc.sql(
            "insert into slack_activity (workspace_id, subject_id, what, last_at)"
                + " values (?, ?, ?, ?) on conflict (workspace_id, subject_id, what)"
                + " do update set last_at = excluded.last_at")
        .params(workspace.value(), key.subject(), key.what(), now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static void put(Map<String, Instant> seen, ResultSet row) throws SQLException {
    seen.put(row.getString("what"), row.getObject("last_at", OffsetDateTime.class).toInstant());
  }
}
