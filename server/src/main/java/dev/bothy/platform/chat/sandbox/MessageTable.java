package dev.bothy.platform.chat.sandbox;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.kernel.ConnectionId;
import dev.bothy.platform.keys.CannotOpen;
import dev.bothy.platform.keys.KeyDestroyed;
import dev.bothy.platform.keys.Keys;
import dev.bothy.platform.keys.Purpose;
import dev.bothy.platform.keys.Sealed;
import dev.bothy.platform.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What was said in the room. Called within a transaction of the workspace.
@Component
class MessageTable {
  static final Purpose MESSAGE = new Purpose(Purpose.PLATFORM, "sandbox.message");

  /// How far back the page goes; more is scrolled past by nobody who tries things out.
  private static final int SHOWN = 200;

  private static final String COLUMNS =
      """
      select m.id, m.author, m.content, m.version, m.visible_to, m.created_at, m.updated_at,
        (select count(*) from sandbox_message r
         where r.thread_id = m.id and r.deleted_at is null) as replies
      from sandbox_message m
      """;

  private final JdbcClient jdbc;
  private final RoomTable room;
  private final Keys keys;
  private final Workspaces workspaces;
  private final JsonMapper json;
  private final Clock clock;

  MessageTable(
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

  /// A message to add.
  ///
  /// @param id of its row; a message that is here already is not added again
  /// @param thread the message it answers; null when it starts its own
  /// @param visibleTo the one account that sees it; null for all
  record Addition(
      UUID id,
      ConnectionId connection,
      String conversation,
      @Nullable UUID thread,
      String author,
      @Nullable String visibleTo,
      Content content) {}

  /// Adds a message.
  ///
  /// @return false when it was here already
  boolean add(Addition message) {
    long sequence = room.changed();
    int added =
        jdbc.sql(
                """
                insert into sandbox_message (workspace_id, id, connection_id, conversation,
                  thread_id, author, content, visible_to, sequence, version, created_at)
                values (:workspace, :id, :connection, :conversation, :thread, :author, :content,
                  :visibleTo, :sequence, :sequence, :now)
                on conflict (workspace_id, id) do nothing
                """)
            .param("workspace", workspaces.current().value())
            .param("id", message.id())
            .param("connection", message.connection().value())
            .param("conversation", message.conversation())
            .param("thread", message.thread(), Types.OTHER)
            .param("author", message.author())
            .param("content", seal(message.id(), message.content()))
            .param("visibleTo", message.visibleTo(), Types.VARCHAR)
            .param("sequence", sequence)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (added == 1 && message.thread() != null) {
      jdbc.sql("update sandbox_message set version = ? where id = ?")
          .params(sequence, message.thread())
          .update();
    }
    return added == 1;
  }

  /// Changes what a message of this author says.
  ///
  /// @return false when there is no such message, or none any more
  boolean change(ConnectionId connection, UUID id, String author, Content content) {
    return jdbc.sql(
                "update sandbox_message set content = ?, version = ?, updated_at = ?"
                    + " where connection_id = ? and id = ? and author = ? and deleted_at is null")
            .params(
                seal(id, content),
                room.changed(),
                clock.instant().atOffset(ZoneOffset.UTC),
                connection.value(),
                id,
                author)
            .update()
        == 1;
  }

  /// Takes a message of this author back; nothing of it stays. Taking it back twice is once.
  ///
  /// @return false when there never was such a message
  boolean takeBack(ConnectionId connection, UUID id, String author) {
    return jdbc.sql(
                "update sandbox_message set content = null, version = ?,"
                    + " deleted_at = coalesce(deleted_at, ?)"
                    + " where connection_id = ? and id = ? and author = ?")
            .params(
                room.changed(),
                clock.instant().atOffset(ZoneOffset.UTC),
                connection.value(),
                id,
                author)
            .update()
        == 1;
  }

  /// What an account sees of a conversation, oldest first, without threads.
  List<RoomMessage> inConversation(ConnectionId connection, String conversation, String account) {
    return jdbc.sql(
            COLUMNS
                + """
                where m.connection_id = ? and m.conversation = ? and m.thread_id is null
                  and m.deleted_at is null and (m.visible_to is null or m.visible_to = ?)
                order by m.sequence desc limit ?
                """)
        .params(connection.value(), conversation, account, SHOWN)
        .query(this::toMessage)
        .list()
        .reversed();
  }

  /// What an account sees of a thread, oldest first: the message it starts with, then the answers.
  List<RoomMessage> inThread(ConnectionId connection, UUID thread, String account) {
    return jdbc.sql(
            COLUMNS
                + """
                where m.connection_id = ? and (m.id = ? or m.thread_id = ?)
                  and m.deleted_at is null and (m.visible_to is null or m.visible_to = ?)
                order by m.sequence limit ?
                """)
        .params(connection.value(), thread, thread, account, SHOWN)
        .query(this::toMessage)
        .list();
  }

  /// One message, if this account sees it, with the conversation it is in.
  Optional<Placed> find(ConnectionId connection, UUID id, String account) {
    return jdbc.sql(
            "select conversation, thread_id, content from sandbox_message"
                + " where connection_id = ? and id = ? and deleted_at is null"
                + " and (visible_to is null or visible_to = ?)"
                + " and (conversation not like '@%' or conversation = ?)")
        .params(connection.value(), id, account, "@" + account)
        .query((row, _) ->
            new Placed(
                row.getString("conversation"),
                row.getObject("thread_id", UUID.class),
                open(id, row.getBytes("content"))))
        .optional();
  }

  /// Where a message is that is not taken back, whoever sees it.
  Optional<Place> place(ConnectionId connection, UUID id) {
    return jdbc.sql(
            "select conversation, thread_id, author from sandbox_message"
                + " where connection_id = ? and id = ? and deleted_at is null")
        .params(connection.value(), id)
        .query((row, _) ->
            new Place(
                row.getString("conversation"),
                row.getObject("thread_id", UUID.class),
                row.getString("author")))
        .optional();
  }

  /// Where a message is.
  ///
  /// @param thread the message it answers; null when it starts its own
  record Place(String conversation, @Nullable UUID thread, String author) {}

  /// A message and where it is.
  record Placed(String conversation, @Nullable UUID thread, Content content) {}

  void clear(ConnectionId connection) {
    jdbc.sql("delete from sandbox_message where connection_id = ?")
        .param(connection.value())
        .update();
    room.changed();
  }

  private RoomMessage toMessage(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new RoomMessage(
        id,
        row.getString("author"),
        open(id, row.getBytes("content")),
        row.getLong("version"),
        row.getString("visible_to") != null,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at") != null,
        row.getLong("replies"));
  }

  private byte[] seal(UUID id, Content content) {
    return keys.seal(MESSAGE, id, json.writeValueAsBytes(content)).bytes();
  }

  private Content open(UUID id, byte[] sealed) {
    try {
      return json.readValue(keys.open(MESSAGE, id, new Sealed(sealed)), Content.class);
    } catch (KeyDestroyed e) {
      return Content.of("This message can be read by nobody any more: its key was destroyed.");
    } catch (CannotOpen e) {
      return Content.of(
          "This message cannot be read: what is stored of it was changed. The server's log names it.");
    }
  }
}
