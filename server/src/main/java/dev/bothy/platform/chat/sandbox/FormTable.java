package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Form;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The forms that wait for people of the room: at most one for each. Called within a transaction of
/// the workspace.
@Component
class FormTable {
  static final Purpose FORM = new Purpose(Purpose.PLATFORM, "sandbox.form");

  private final JdbcClient jdbc;
  private final RoomTable room;
  private final Keys keys;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;

  FormTable(
      JdbcClient jdbc,
      RoomTable room,
      Keys keys,
      Workspaces workspaces,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.room = room;
    this.keys = keys;
    this.workspaces = workspaces;
    this.json = json;
    this.clock = clock;
  }

  /// Opens a form in place of one that waits; one that was opened before is not opened again.
  void open(UUID id, ConnectionId connection, String conversation, String account, Form form) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    room.changed();
    int added =
        jdbc.sql(
                "insert into sandbox_form (workspace_id, id, connection_id, conversation, account,"
                    + " content, opened_at) values (?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (workspace_id, id) do nothing")
            .params(
                workspaces.current().value(),
                id,
                connection.value(),
                conversation,
                account,
                keys.seal(FORM, id, json.writeValueAsBytes(form)).bytes(),
                now)
            .update();
    if (added == 1) {
      jdbc.sql(
              "update sandbox_form set closed_at = ? where connection_id = ? and account = ?"
                  + " and id <> ? and closed_at is null")
          .params(now, connection.value(), account, id)
          .update();
    }
  }

  Optional<OpenForm> waitingFor(ConnectionId connection, String account) {
    return jdbc.sql(
            "select id, conversation, account, content from sandbox_form"
                + " where connection_id = ? and account = ? and closed_at is null")
        .params(connection.value(), account)
        .query(this::toForm)
        .optional()
        .flatMap(Function.identity());
  }

  void close(UUID id) {
    jdbc.sql("update sandbox_form set closed_at = ? where id = ? and closed_at is null")
        .params(clock.instant().atOffset(ZoneOffset.UTC), id)
        .update();
    room.changed();
  }

  void clear(ConnectionId connection) {
    jdbc.sql("delete from sandbox_form where connection_id = ?").param(connection.value()).update();
    room.changed();
  }

  /// Empty for one that nobody can read any more.
  private Optional<OpenForm> toForm(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] form;
    try {
      form = keys.open(FORM, id, new Sealed(row.getBytes("content")));
    } catch (CannotOpen e) {
      return Optional.empty();
    }
    return Optional.of(
        new OpenForm(
            id,
            row.getString("conversation"),
            row.getString("account"),
            json.readValue(form, Form.class)));
  }
}
