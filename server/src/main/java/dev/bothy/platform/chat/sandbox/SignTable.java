package dev.bothy.platform.chat.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.kernel.Ids;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What apps have put up in the room: topics of channels, and who is in a group. Called within a
/// transaction of the workspace.
@Component
class SignTable {
  static final Purpose SIGN = new Purpose(Purpose.PLATFORM, "sandbox.sign");

  private static final String TOPIC = "topic";
  private static final String GROUP = "group";

  private final JdbcClient jdbc;
  private final RoomTable room;
  private final Keys keys;
  private final Workspaces workspaces;
  private final Clock clock;

  SignTable(JdbcClient jdbc, RoomTable room, Keys keys, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.room = room;
    this.keys = keys;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  void setTopic(ConnectionId connection, String channel, String text) {
    put(connection, TOPIC, channel, text);
  }

  /// Empty when it has none.
  String topic(ConnectionId connection, String channel) {
    return all(connection, TOPIC).getOrDefault(channel, "");
  }

  /// @param accounts at least one
  void setGroup(ConnectionId connection, String group, List<String> accounts) {
    put(connection, GROUP, group, String.join(",", accounts));
  }

  /// The accounts of each group, by its name.
  Map<String, List<String>> groups(ConnectionId connection) {
    Map<String, List<String>> groups = new TreeMap<>();
    all(connection, GROUP)
        .forEach((name, accounts) -> groups.put(name, List.of(accounts.split(","))));
    return groups;
  }

  void clear(ConnectionId connection) {
    jdbc.sql("delete from sandbox_sign where connection_id = ?").param(connection.value()).update();
  }

  private void put(ConnectionId connection, String kind, String name, String content) {
    // The id is part of what is sealed, so it has to be known before.
    UUID id =
        jdbc.sql("select id from sandbox_sign where connection_id = ? and kind = ? and name = ?")
            .params(connection.value(), kind, name)
            .query(UUID.class)
            .optional()
            .orElseGet(() -> Ids.next(clock));
    jdbc.sql(
            "insert into sandbox_sign (workspace_id, id, connection_id, kind, name, content,"
                + " changed_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (workspace_id, id)"
                + " do update set content = excluded.content, changed_at = excluded.changed_at")
        .params(
            workspaces.current().value(),
            id,
            connection.value(),
            kind,
            name,
            keys.seal(SIGN, id, content.getBytes(UTF_8)).bytes(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    room.changed();
  }

  /// What opens with no key any more is not shown: an app puts it up again.
  private Map<String, String> all(ConnectionId connection, String kind) {
    Map<String, String> all = new TreeMap<>();
    jdbc.sql("select id, name, content from sandbox_sign where connection_id = ? and kind = ?")
        .params(connection.value(), kind)
        .query(row -> {
          UUID id = row.getObject("id", UUID.class);
          try {
            byte[] content = keys.open(SIGN, id, new Sealed(row.getBytes("content")));
            all.put(row.getString("name"), new String(content, UTF_8));
          } catch (CannotOpen e) {
            // Nothing stands there then.
          }
        });
    return all;
  }
}
